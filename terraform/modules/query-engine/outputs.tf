output "operators_workgroup" {
  description = "Workgroup for statements of operators."
  value       = aws_athena_workgroup.operators.name
}
