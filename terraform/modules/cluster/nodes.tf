resource "aws_iam_role" "node" {
  name = "${var.name}-node"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ec2.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

# What pods may do comes from roles of their own: a node joins the cluster and pulls images, no more.
resource "aws_iam_role_policy_attachment" "node" {
  for_each = toset(["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodePolicy"])

  role       = aws_iam_role.node.name
  policy_arn = "${local.managed_policy}/${each.key}"
}

resource "aws_launch_template" "node" {
  name        = "${var.name}-node"
  description = "Nodes of ${var.name}"

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      encrypted             = true
      volume_type           = "gp3"
      volume_size           = var.nodes.disk_gigabytes
      delete_on_termination = true
    }
  }

  # One hop: pods cannot ask for the node's credentials.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  tag_specifications {
    resource_type = "instance"
    tags          = merge(var.tags, { Name = "${var.name}-node" })
  }

  tag_specifications {
    resource_type = "volume"
    tags          = merge(var.tags, { Name = "${var.name}-node" })
  }
}

resource "aws_eks_node_group" "arm" {
  cluster_name           = aws_eks_cluster.this.name
  node_group_name_prefix = "arm-"
  node_role_arn          = aws_iam_role.node.arn
  subnet_ids             = var.subnet_ids
  ami_type               = "AL2023_ARM_64_STANDARD"
  capacity_type          = var.nodes.capacity_type
  instance_types         = var.nodes.instance_types

  # The manifests ask for this label.
  labels = { architecture = "arm" }

  launch_template {
    id      = aws_launch_template.node.id
    version = aws_launch_template.node.latest_version
  }

  scaling_config {
    min_size     = var.nodes.minimum
    max_size     = var.nodes.maximum
    desired_size = var.nodes.minimum
  }

  update_config {
    max_unavailable_percentage = 33
  }

  node_repair_config {
    enabled = true
  }

  lifecycle {
    create_before_destroy = true
    # An autoscaler, or a person, changes it between two runs.
    ignore_changes = [scaling_config[0].desired_size]
  }

  depends_on = [aws_eks_addon.before_nodes, aws_iam_role_policy_attachment.node]
}
