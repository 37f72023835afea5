locals {
  # A search matches whole words.
  workgroup_words = trimspace(replace(var.workgroup_prefix, "-", " "))

  graphs = [
    { title = "PostgreSQL: processor, percent", stat = "Average", metrics = [
      ["AWS/RDS", "CPUUtilization", "DBInstanceIdentifier", var.database.identifier],
    ] },
    { title = "PostgreSQL: connections", stat = "Maximum", metrics = [
      ["AWS/RDS", "DatabaseConnections", "DBInstanceIdentifier", var.database.identifier],
    ] },
    { title = "DynamoDB: consumed units", stat = "Sum", metrics = concat(
      [for table in var.table_names : ["AWS/DynamoDB", "ConsumedReadCapacityUnits", "TableName", table]],
      [for table in var.table_names : ["AWS/DynamoDB", "ConsumedWriteCapacityUnits", "TableName", table]],
    ) },
    {
      title  = "Athena: bytes scanned"
      stat   = "Sum"
      search = "{AWS/Athena,QueryState,QueryType,WorkGroup} MetricName=\"ProcessedBytes\" ${local.workgroup_words}"
    },
    {
      title  = "Athena: time in the queue, ms"
      stat   = "p90"
      search = "{AWS/Athena,QueryState,QueryType,WorkGroup} MetricName=\"QueryQueueTime\" ${local.workgroup_words}"
    },
    {
      title  = "Bedrock: input and output tokens"
      stat   = "Sum"
      search = "{AWS/Bedrock,ModelId} MetricName=(\"InputTokenCount\" OR \"OutputTokenCount\")"
    },
    {
      title  = "Bedrock: throttled calls"
      stat   = "Sum"
      search = "{AWS/Bedrock,ModelId} MetricName=\"InvocationThrottles\""
    },
    {
      title  = "Pods: memory, percent of their limit"
      stat   = "Maximum"
      search = "{ContainerInsights,ClusterName,Namespace,PodName} MetricName=\"pod_memory_utilization_over_pod_limit\" ClusterName=\"${var.cluster_name}\" Namespace=\"${var.namespace}\""
    },
    {
      title  = "Pods: restarts"
      stat   = "Maximum"
      search = "{ContainerInsights,ClusterName,Namespace,PodName} MetricName=\"pod_number_of_container_restarts\" ClusterName=\"${var.cluster_name}\" Namespace=\"${var.namespace}\""
    },
  ]
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name

  dashboard_body = jsonencode({
    widgets = [for index, graph in local.graphs : {
      type   = "metric"
      x      = (index % 3) * 8
      y      = floor(index / 3) * 6
      width  = 8
      height = 6
      properties = {
        title  = graph.title
        region = local.region
        view   = "timeSeries"
        period = 300
        stat   = graph.stat
        metrics = try(
          [[{ expression = "SEARCH('${graph.search}', '${graph.stat}', 300)", id = "found", label = "" }]],
          graph.metrics,
        )
      }
    }]
  })
}
