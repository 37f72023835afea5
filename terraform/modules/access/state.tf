locals {
  item_tables = "arn:${local.partition}:dynamodb:${local.region}:${local.account}:table/${var.table_prefix}*"

  state_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        # No scans, and no making or deleting of tables.
        Sid    = "Items"
        Effect = "Allow"
        Action = [
          "dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:ConditionCheckItem", "dynamodb:DeleteItem",
          "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem",
        ]
        Resource = [local.item_tables, "${local.item_tables}/index/*"]
      },
      {
        Sid    = "KeyOfItems"
        Effect = "Allow"
        Action = [
          "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo",
        ]
        Resource  = var.key_arn
        Condition = { StringEquals = { "kms:ViaService" = "dynamodb.${local.region}.amazonaws.com" } }
      },
      {
        Sid      = "Database"
        Effect   = "Allow"
        Action   = "rds-db:connect"
        Resource = "arn:${local.partition}:rds-db:${local.region}:${local.account}:dbuser:${var.database.resource_id}/${var.database.user}"
      },
    ]
  })

  operators_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "ReadItems"
        Effect   = "Allow"
        Action   = ["dynamodb:BatchGetItem", "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"]
        Resource = [local.item_tables, "${local.item_tables}/index/*"]
      },
      {
        Sid       = "KeyOfItems"
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:DescribeKey"]
        Resource  = var.key_arn
        Condition = { StringEquals = { "kms:ViaService" = "dynamodb.${local.region}.amazonaws.com" } }
      },
      {
        Sid    = "Statements"
        Effect = "Allow"
        Action = [
          "athena:GetQueryExecution", "athena:GetQueryResults", "athena:GetWorkGroup", "athena:ListQueryExecutions",
          "athena:StartQueryExecution", "athena:StopQueryExecution",
        ]
        Resource = "${local.athena}:workgroup/${var.workgroup_prefix}operators"
      },
    ]
  })
}
