locals {
  # The service names, with every use of the key, whose secret it is. Nothing else is encrypted or decrypted for it.
  sealing_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "KeyOfWorkspacesSecrets"
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource = var.workspaces_key_arn
      Condition = {
        "ForAllValues:StringEquals" = {
          "kms:EncryptionContextKeys" = ["tabletalk:workspace", "tabletalk:kind", "tabletalk:id"]
        }
        StringEquals = { "kms:EncryptionContext:tabletalk:kind" = ["source", "tool", "trial"] }
        StringLike = {
          "kms:EncryptionContext:tabletalk:workspace" = "*"
          "kms:EncryptionContext:tabletalk:id"        = "*"
        }
      }
    }]
  })

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
