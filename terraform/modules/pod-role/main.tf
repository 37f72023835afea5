locals {
  pod_identity_statement = {
    Sid       = "PodIdentity"
    Effect    = "Allow"
    Principal = { Service = "pods.eks.amazonaws.com" }
    Action    = ["sts:AssumeRole", "sts:TagSession"]
    Condition = {
      StringEquals = {
        "aws:RequestTag/eks-cluster-arn"            = var.cluster.arn
        "aws:RequestTag/kubernetes-namespace"       = var.namespace
        "aws:RequestTag/kubernetes-service-account" = var.service_account
      }
    }
  }

  irsa_statements = [for provider in var.cluster.oidc_provider[*] : {
    Sid       = "Irsa"
    Effect    = "Allow"
    Principal = { Federated = provider.arn }
    Action    = "sts:AssumeRoleWithWebIdentity"
    Condition = {
      StringEquals = {
        "${provider.issuer}:aud" = "sts.amazonaws.com"
        "${provider.issuer}:sub" = "system:serviceaccount:${var.namespace}:${var.service_account}"
      }
    }
  }]
}

resource "aws_iam_role" "this" {
  name        = var.name
  description = "Pods of ${var.namespace}/${var.service_account} in ${var.cluster.name}"

  # Not one list of unlike objects: a conditional or a concatenation would demand that they be alike.
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = flatten([local.pod_identity_statement, local.irsa_statements])
  })
}

resource "aws_iam_policy" "this" {
  for_each = var.policies

  name   = "${var.name}-${each.key}"
  policy = each.value

  lifecycle {
    precondition {
      condition     = length(each.value) <= 6144
      error_message = "The policy ${each.key} is longer than the 6144 characters that IAM takes: split it."
    }
  }
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = var.policies

  role       = aws_iam_role.this.name
  policy_arn = aws_iam_policy.this[each.key].arn
}

resource "aws_eks_pod_identity_association" "this" {
  cluster_name    = var.cluster.name
  namespace       = var.namespace
  service_account = var.service_account
  role_arn        = aws_iam_role.this.arn
}
