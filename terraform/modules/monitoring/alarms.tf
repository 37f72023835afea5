locals {
  above = { comparison = "GreaterThanThreshold", missing = "notBreaching" }
  below = { comparison = "LessThanThreshold", missing = "notBreaching" }

  rds = { namespace = "AWS/RDS", dimensions = { DBInstanceIdentifier = var.database.identifier } }

  database_alarms = {
    database-cpu = merge(local.rds, local.above, {
      description = "PostgreSQL has been busy for 15 minutes: look for slow statements in Performance Insights"
      metric      = "CPUUtilization", statistic = "Average", threshold = 80, periods = 3
    })
    database-storage = merge(local.rds, local.below, {
      description = "Little storage is left although it grows by itself: it has reached its maximum, or grows too fast"
      metric      = "FreeStorageSpace", statistic = "Minimum", threshold = 2 * pow(1024, 3), periods = 1
    })
    database-memory = merge(local.rds, local.below, {
      description = "PostgreSQL runs short of memory: take a larger class, or a smaller DATABASE_POOL_SIZE"
      metric      = "FreeableMemory", statistic = "Average", threshold = 128 * pow(1024, 2), periods = 3
    })
    database-connections = merge(local.rds, local.above, {
      description = "More connections than replicas times DATABASE_POOL_SIZE explain"
      metric      = "DatabaseConnections", statistic = "Maximum", threshold = var.database.connections, periods = 2
    })
  }

  item_alarms = merge([for table in var.table_names : {
    for metric in ["ReadThrottleEvents", "WriteThrottleEvents"] : "${trimprefix(table, "${var.name}-")}-${lower(metric)}" => merge(local.above, {
      description = "DynamoDB has throttled ${table} for 10 minutes: one key is too hot"
      namespace   = "AWS/DynamoDB", dimensions = { TableName = table }
      metric      = metric, statistic = "Sum", threshold = 10, periods = 2
    })
  }]...)

  model_alarms = merge([for id in var.bedrock_model_ids : {
    for metric in ["InvocationServerErrors", "InvocationThrottles"] : "bedrock-${id}-${lower(metric)}" => merge(local.above, {
      description = "Bedrock throttles or fails: look at the quota of ${id}"
      namespace   = "AWS/Bedrock", dimensions = { ModelId = id }
      metric      = metric, statistic = "Sum", threshold = 20, periods = 2
    })
  }]...)

  schedule_alarms = var.source_schedules == null ? {} : merge(
    {
      source-schedules-undelivered = merge(local.above, {
        description = "Sources were not read when they were due: the queue ${var.source_schedules.queue_name} says why"
        namespace   = "AWS/SQS", dimensions = { QueueName = var.source_schedules.queue_name }
        metric      = "ApproximateNumberOfMessagesVisible", statistic = "Maximum", threshold = 0, periods = 1
      })
      source-schedules-target-errors = merge(local.above, {
        description = "EventBridge Scheduler cannot tell the bus that sources are due: look at its role"
        namespace   = "AWS/Scheduler", dimensions = { ScheduleGroup = var.source_schedules.group_name }
        metric      = "TargetErrorCount", statistic = "Sum", threshold = 0, periods = 2
      })
    },
    { for rule in var.source_schedules.rule_names : "${trimprefix(rule, "${var.name}-")}-failed" => merge(local.above, {
      description = "The service refuses to read sources, or is not reached: look at the token of the connection"
      namespace   = "AWS/Events", dimensions = { EventBusName = var.source_schedules.bus_name, RuleName = rule }
      metric      = "FailedInvocations", statistic = "Sum", threshold = 0, periods = 1
    }) },
  )

  insights = { namespace = "ContainerInsights", dimensions = { ClusterName = var.cluster_name } }

  pod_alarms = var.container_insights ? {
    pods-running = {
      description = "Fewer pods run than the service needs to survive the loss of one"
      namespace   = "ContainerInsights", dimensions = { ClusterName = var.cluster_name, Namespace = var.namespace }
      metric      = "namespace_number_of_running_pods", statistic = "Minimum", threshold = var.minimum_pods, periods = 2
      comparison  = "LessThanThreshold", missing = "breaching"
    }
    nodes-failed = merge(local.insights, local.above, {
      description = "A node has been unwell for 10 minutes"
      metric      = "cluster_failed_node_count", statistic = "Maximum", threshold = 0, periods = 2
    })
    nodes-memory = merge(local.insights, local.above, {
      description = "Nodes run short of memory: add nodes, or lower QUERY_WORKERS and INGEST_WORKERS"
      metric      = "node_memory_utilization", statistic = "Average", threshold = 85, periods = 3
    })
  } : {}
}
