output "table_names" {
  description = "Names of the tables."
  value       = [for table in aws_dynamodb_table.this : table.name]
}

output "safeguards" {
  description = "What keeps the items."
  value = {
    deletion_protection = alltrue([for table in aws_dynamodb_table.this : table.deletion_protection_enabled])
    recovery_days       = min([for table in aws_dynamodb_table.this : table.point_in_time_recovery[0].recovery_period_in_days]...)
  }
}
