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
