output "service_secret_arn" {
  description = "ARN of the secret with the service's secret settings, a JSON object."
  value       = aws_secretsmanager_secret.service.arn
}

output "service_secret_name" {
  description = "Name of that secret."
  value       = aws_secretsmanager_secret.service.name
}

output "workspaces_key_arn" {
  description = "ARN of the key with which the secrets of sources and tools are encrypted (SECRETS_KMS_KEY_ID)."
  value       = aws_kms_key.workspaces.arn
}
