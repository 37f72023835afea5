data "aws_partition" "current" {}

locals {
  issuer       = "token.actions.githubusercontent.com"
  provider_arn = var.github_provider_arn == null ? aws_iam_openid_connect_provider.github[0].arn : var.github_provider_arn

  # Jobs that run in this environment of the repository, which asks its reviewers first; no branch and no pull request.
  trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = local.provider_arn }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        StringEquals = {
          "${local.issuer}:aud" = "sts.amazonaws.com"
          "${local.issuer}:sub" = "repo:${var.github_repository}:environment:${var.github_environment}"
        }
      }
    }]
  })
}

# One in an account: where another deployment made it, give its ARN.
resource "aws_iam_openid_connect_provider" "github" {
  count = var.github_provider_arn == null ? 1 : 0

  url            = "https://${local.issuer}"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "push" {
  name               = "${var.name}-image-push"
  description        = "GitHub Actions of ${var.github_repository}: push images"
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy" "push" {
  name = "push"
  role = aws_iam_role.push.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        # IAM knows no resource for it: the token opens what the next statement allows.
        Sid      = "SignIn"
        Effect   = "Allow"
        Action   = "ecr:GetAuthorizationToken"
        Resource = "*"
      },
      {
        Sid    = "Push"
        Effect = "Allow"
        Action = [
          "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:DescribeImages",
          "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart",
        ]
        Resource = var.repository_arn
      },
    ]
  })
}

resource "aws_iam_role" "deploy" {
  name               = "${var.name}-deploy"
  description        = "GitHub Actions of ${var.github_repository}: apply manifests"
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy" "deploy" {
  name = "reach-cluster"
  role = aws_iam_role.deploy.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "eks:DescribeCluster", Resource = var.cluster.arn }]
  })
}

resource "aws_eks_access_entry" "deploy" {
  cluster_name  = var.cluster.name
  principal_arn = aws_iam_role.deploy.arn
}

resource "aws_eks_access_policy_association" "deploy" {
  cluster_name  = var.cluster.name
  principal_arn = aws_eks_access_entry.deploy.principal_arn
  policy_arn    = "arn:${data.aws_partition.current.partition}:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy"

  access_scope {
    type       = "namespace"
    namespaces = [var.namespace]
  }
}
