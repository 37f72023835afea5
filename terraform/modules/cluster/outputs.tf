output "name" {
  description = "Name of the cluster, for `aws eks update-kubeconfig`."
  value       = aws_eks_cluster.this.name
}

output "arn" {
  description = "ARN of the cluster."
  value       = aws_eks_cluster.this.arn
}

output "security_group_id" {
  description = "Security group that nodes and pods have."
  value       = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
}

output "oidc_provider" {
  description = "Identity provider for IRSA: its ARN, and its issuer without https://. Null where it is off."
  value = var.irsa ? {
    arn    = aws_iam_openid_connect_provider.this[0].arn
    issuer = trimprefix(aws_eks_cluster.this.identity[0].oidc[0].issuer, "https://")
  } : null
}

output "add_ons" {
  description = "Names of the installed add-ons."
  value       = sort(concat(keys(aws_eks_addon.before_nodes), keys(aws_eks_addon.on_nodes)))
}

output "safeguards" {
  description = "What keeps the cluster, and who can reach its API over the internet."
  value = {
    deletion_protection = aws_eks_cluster.this.deletion_protection
    public_access_cidrs = var.public_access_cidrs
    minimum_nodes       = var.nodes.minimum
  }
}
