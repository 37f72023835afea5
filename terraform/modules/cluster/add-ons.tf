locals {
  pod_identity_trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "pods.eks.amazonaws.com" }
      Action    = ["sts:AssumeRole", "sts:TagSession"]
      Condition = { StringEquals = { "aws:RequestTag/eks-cluster-arn" = aws_eks_cluster.this.arn } }
    }]
  })

  # Without these no node becomes ready; with them one does at once.
  before_nodes = {
    eks-pod-identity-agent = { configuration = null, roles = {} }
    kube-proxy             = { configuration = null, roles = {} }
    vpc-cni = {
      # Network policies are rules on paper until the CNI enforces them.
      configuration = jsonencode({ enableNetworkPolicy = "true" })
      roles         = { aws-node = aws_iam_role.network.arn }
    }
  }

  # These run on nodes.
  on_nodes = merge(
    {
      coredns        = { roles = {} }
      metrics-server = { roles = {} }
    },
    var.container_insights ? {
      amazon-cloudwatch-observability = { roles = { cloudwatch-agent = aws_iam_role.observability[0].arn } }
    } : {},
  )
}

resource "aws_iam_role" "network" {
  name               = "${var.name}-network-add-on"
  assume_role_policy = local.pod_identity_trust
}

resource "aws_iam_role_policy_attachment" "network" {
  role       = aws_iam_role.network.name
  policy_arn = "${local.managed_policy}/AmazonEKS_CNI_Policy"
}

resource "aws_iam_role" "observability" {
  count = var.container_insights ? 1 : 0

  name               = "${var.name}-observability-add-on"
  assume_role_policy = local.pod_identity_trust
}

resource "aws_iam_role_policy_attachment" "observability" {
  count = var.container_insights ? 1 : 0

  role       = aws_iam_role.observability[0].name
  policy_arn = "${local.managed_policy}/CloudWatchAgentServerPolicy"
}

resource "aws_eks_addon" "before_nodes" {
  for_each = local.before_nodes

  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  addon_version               = lookup(var.add_on_versions, each.key, null)
  configuration_values        = each.value.configuration
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  dynamic "pod_identity_association" {
    for_each = each.value.roles

    content {
      service_account = pod_identity_association.key
      role_arn        = pod_identity_association.value
    }
  }

  depends_on = [aws_iam_role_policy_attachment.network]
}

resource "aws_eks_addon" "on_nodes" {
  for_each = local.on_nodes

  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  addon_version               = lookup(var.add_on_versions, each.key, null)
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  dynamic "pod_identity_association" {
    for_each = each.value.roles

    content {
      service_account = pod_identity_association.key
      role_arn        = pod_identity_association.value
    }
  }

  depends_on = [aws_eks_node_group.arm, aws_iam_role_policy_attachment.observability]
}
