locals {
  secrets_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "SecretOfTheService"
        Effect   = "Allow"
        Action   = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
        Resource = var.service_secret_arn
      },
      {
        Sid       = "KeyOfTheSecret"
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = var.key_arn
        Condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${local.region}.amazonaws.com" } }
      },
    ]
  })
}
