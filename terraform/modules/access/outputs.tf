output "service_role_arn" {
  description = "Role of the service's pods, by Pod Identity without further ado, or by the annotation eks.amazonaws.com/role-arn (IRSA)."
  value       = module.service.role_arn
}

output "service_policy_arns" {
  description = "Policies of that role, to attach them to the user of a developer."
  value       = module.service.policy_arns
}

output "external_secrets_role_arn" {
  description = "Role of the External Secrets operator."
  value       = module.external_secrets.role_arn
}

output "operators_policy_arn" {
  description = "Policy for people who look after the tables."
  value       = aws_iam_policy.operators.arn
}
