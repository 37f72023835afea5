output "role_arn" {
  description = "ARN of the role."
  value       = aws_iam_role.this.arn
}

output "policy_arns" {
  description = "ARNs of its policies by their short names."
  value       = { for name, policy in aws_iam_policy.this : name => policy.arn }
}
