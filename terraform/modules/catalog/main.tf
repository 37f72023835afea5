data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.region
  glue      = "arn:${local.partition}:glue:${local.region}:${local.account}"
}

# The service makes a database for each workspace and a crawler for each dataset; crawlers work under this role.
resource "aws_iam_role" "crawler" {
  name        = "${var.name}-crawler"
  description = "Crawlers of ${var.name}: read its files, describe them in its databases"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "glue.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })
}

resource "aws_iam_role_policy" "crawler" {
  name = "crawl"
  role = aws_iam_role.crawler.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "FindFiles"
        Effect   = "Allow"
        Action   = ["s3:GetBucketLocation", "s3:ListBucket"]
        Resource = var.bucket_arn
      },
      {
        Sid      = "ReadFiles"
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "${var.bucket_arn}/${var.object_prefix}*"
      },
      {
        Sid       = "DecryptFiles"
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = var.key_arn
        Condition = { StringEquals = { "kms:ViaService" = "s3.${local.region}.amazonaws.com" } }
      },
      {
        Sid    = "DescribeTables"
        Effect = "Allow"
        Action = [
          "glue:BatchCreatePartition", "glue:BatchGetPartition", "glue:BatchUpdatePartition", "glue:CreateTable",
          "glue:GetDatabase", "glue:GetPartition", "glue:GetPartitions", "glue:GetTable", "glue:GetTables",
          "glue:UpdatePartition", "glue:UpdateTable",
        ]
        Resource = [
          "${local.glue}:catalog",
          "${local.glue}:database/${var.database_prefix}*",
          "${local.glue}:table/${var.database_prefix}*/*",
        ]
      },
      {
        Sid      = "WriteItsLog"
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${local.partition}:logs:${local.region}:${local.account}:log-group:/aws-glue/*"
      },
    ]
  })
}

# There is one catalog in an account and region: a single deployment may decide about it.
resource "aws_glue_data_catalog_encryption_settings" "this" {
  count = var.encrypt_account_catalog ? 1 : 0

  data_catalog_encryption_settings {
    connection_password_encryption {
      aws_kms_key_id                       = var.key_arn
      return_connection_password_encrypted = true
    }

    encryption_at_rest {
      catalog_encryption_mode = "SSE-KMS"
      sse_aws_kms_key_id      = var.key_arn
    }
  }
}

# With an encrypted catalog, who reads a table decrypts it.
resource "aws_iam_role_policy" "crawler_catalog_key" {
  count = var.encrypt_account_catalog ? 1 : 0

  name = "catalog-key"
  role = aws_iam_role.crawler.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]
      Resource  = var.key_arn
      Condition = { StringEquals = { "kms:ViaService" = "glue.${local.region}.amazonaws.com" } }
    }]
  })
}
