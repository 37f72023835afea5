data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

# Terraform makes the place and never sees what is in it: values in its state would be values on disk.
resource "aws_secretsmanager_secret" "service" {
  name                    = "${var.name}/service"
  description             = "Settings of ${var.name} that are secret: MASTER_KEY and, where they are used, OWNER_PASSWORD, SMTP_URL, OPENAI_API_KEY"
  kms_key_id              = var.key_arn
  recovery_window_in_days = var.recovery_days
}

resource "aws_secretsmanager_secret_policy" "service" {
  secret_arn          = aws_secretsmanager_secret.service.arn
  block_public_policy = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "EncryptedConnectionsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "secretsmanager:*"
      Resource  = "*"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

# Secrets that workspaces entrust to the service. Their key is their own: who may open them is then said in one policy, and
# CloudTrail shows who did, and whose.
resource "aws_kms_key" "workspaces" {
  description             = "Secrets of sources and tools in ${var.name}"
  enable_key_rotation     = true
  deletion_window_in_days = var.deletion_window_days

  # What may be done with the key is decided by IAM policies; in the policy of a key, "*" means this key.
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "IamPoliciesOfThisAccount"
      Effect    = "Allow"
      Principal = { AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_kms_alias" "workspaces" {
  name          = "alias/${var.name}-secrets"
  target_key_id = aws_kms_key.workspaces.key_id
}
