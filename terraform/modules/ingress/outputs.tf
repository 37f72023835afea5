output "controller_role_arn" {
  description = "Role of the AWS Load Balancer Controller (kube-system/aws-load-balancer-controller)."
  value       = module.controller.role_arn
}

output "certificate_arn" {
  description = "Certificate of the public address. Null without one."
  value       = one(aws_acm_certificate.this[*].arn)
}
