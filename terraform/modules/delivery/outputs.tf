output "image_push_role_arn" {
  description = "Role with which a workflow pushes images."
  value       = aws_iam_role.push.arn
}

output "deploy_role_arn" {
  description = "Role with which a workflow applies manifests."
  value       = aws_iam_role.deploy.arn
}
