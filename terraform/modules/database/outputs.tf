output "url" {
  description = "Address of the database without a password (DATABASE_URL, with DATABASE_IAM_AUTHENTICATION=true)."
  value       = "postgres://${var.service_user}@${aws_db_instance.this.address}:5432/${var.database_name}"
}

output "address" {
  description = "Host of the database."
  value       = aws_db_instance.this.address
}

output "identifier" {
  description = "Name of the instance in metrics and commands."
  value       = aws_db_instance.this.identifier
}

output "resource_id" {
  description = "The id by which IAM policies name the instance (rds-db:connect)."
  value       = aws_db_instance.this.resource_id
}

output "service_user" {
  description = "Database user of the service."
  value       = var.service_user
}

output "administrator_secret_arn" {
  description = "Secret with the administrator's password."
  value       = one(aws_db_instance.this.master_user_secret[*].secret_arn)
}

output "safeguards" {
  description = "What keeps the data."
  value = {
    deletion_protection = aws_db_instance.this.deletion_protection
    two_zones           = aws_db_instance.this.multi_az
    backup_days         = aws_db_instance.this.backup_retention_period
  }
}
