locals {
  athena = "arn:${local.partition}:athena:${local.region}:${local.account}"

  queries_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "WorkgroupsOfWorkspaces"
        Effect = "Allow"
        Action = [
          "athena:CreateWorkGroup", "athena:DeleteWorkGroup", "athena:GetWorkGroup", "athena:UpdateWorkGroup",
          "athena:ListTagsForResource", "athena:TagResource", "athena:BatchGetQueryExecution",
          "athena:GetQueryExecution", "athena:GetQueryResults", "athena:GetQueryRuntimeStatistics",
          "athena:ListQueryExecutions", "athena:StartQueryExecution", "athena:StopQueryExecution",
          "athena:CreatePreparedStatement", "athena:DeletePreparedStatement", "athena:GetPreparedStatement",
          "athena:UpdatePreparedStatement",
        ]
        Resource = "${local.athena}:workgroup/${var.workgroup_prefix}*"
      },
      {
        Sid      = "CatalogOfGlue"
        Effect   = "Allow"
        Action   = "athena:GetDataCatalog"
        Resource = "${local.athena}:datacatalog/AwsDataCatalog"
      },
    ]
  })
}
