locals {
  glue             = "arn:${local.partition}:glue:${local.region}:${local.account}"
  databases        = "${local.glue}:database/${var.database_prefix}*"
  tables           = "${local.glue}:table/${var.database_prefix}*/*"
  functions        = "${local.glue}:userDefinedFunction/${var.database_prefix}*/*"
  default_database = "${local.glue}:database/default"

  catalog_policy = jsonencode({
    Version = "2012-10-17"
    Statement = flatten([
      {
        Sid    = "DatabasesOfWorkspaces"
        Effect = "Allow"
        Action = [
          "glue:CreateDatabase", "glue:DeleteDatabase", "glue:GetDatabase", "glue:UpdateDatabase",
          "glue:BatchDeleteTable", "glue:CreateTable", "glue:DeleteTable", "glue:GetTable", "glue:GetTables",
          "glue:UpdateTable", "glue:BatchCreatePartition", "glue:BatchDeletePartition", "glue:BatchGetPartition",
          "glue:CreatePartition", "glue:DeletePartition", "glue:GetPartition", "glue:GetPartitions",
          "glue:UpdatePartition",
        ]
        Resource = ["${local.glue}:catalog", local.databases, local.tables, local.functions]
      },
      {
        # Athena looks at it before every statement.
        Sid      = "DefaultDatabaseExists"
        Effect   = "Allow"
        Action   = "glue:GetDatabase"
        Resource = ["${local.glue}:catalog", local.default_database]
      },
      {
        Sid    = "CrawlersOfDatasets"
        Effect = "Allow"
        Action = [
          "glue:CreateCrawler", "glue:DeleteCrawler", "glue:GetCrawler", "glue:ListCrawls", "glue:StartCrawler",
          "glue:StopCrawler", "glue:TagResource", "glue:UpdateCrawler",
        ]
        Resource = "${local.glue}:crawler/${var.crawler_prefix}*"
      },
      {
        Sid       = "RoleOfCrawlers"
        Effect    = "Allow"
        Action    = "iam:PassRole"
        Resource  = var.crawler_role_arn
        Condition = { StringEquals = { "iam:PassedToService" = "glue.amazonaws.com" } }
      },
      [for key in var.encrypted_account_catalog ? [var.key_arn] : [] : {
        Sid       = "KeyOfCatalog"
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]
        Resource  = key
        Condition = { StringEquals = { "kms:ViaService" = "glue.${local.region}.amazonaws.com" } }
      }],
    ])
  })
}
