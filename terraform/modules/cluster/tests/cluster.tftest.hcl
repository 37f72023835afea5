mock_provider "aws" {
  source          = "../../testing"
  override_during = plan
}

variables {
  name           = "tabletalk-test"
  subnet_ids     = ["subnet-1", "subnet-2"]
  administrators = { operations = "arn:aws:iam::111122223333:role/Operations" }
  nodes          = { instance_types = ["m7g.large"], minimum = 2, maximum = 4 }
  key_arn        = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000"
}

run "is_private_encrypted_and_recorded" {
  command = plan

  assert {
    condition = alltrue([
      aws_eks_cluster.this.vpc_config[0].endpoint_private_access,
      !aws_eks_cluster.this.vpc_config[0].endpoint_public_access,
    ])
    error_message = "Without chosen addresses the API is not on the internet."
  }

  assert {
    condition     = aws_eks_cluster.this.encryption_config[0].provider[0].key_arn == var.key_arn
    error_message = "Kubernetes secrets must be encrypted with the deployment's key."
  }

  assert {
    condition = alltrue([
      length(aws_eks_cluster.this.enabled_cluster_log_types) == 5,
      aws_cloudwatch_log_group.control_plane.kms_key_id == var.key_arn,
    ])
    error_message = "All logs of the control plane are kept, encrypted."
  }

  assert {
    condition     = aws_eks_cluster.this.deletion_protection
    error_message = "The cluster must refuse to be deleted."
  }
}

run "knows_its_administrators_and_nobody_else" {
  command = plan

  assert {
    condition = alltrue([
      aws_eks_cluster.this.access_config[0].authentication_mode == "API",
      !aws_eks_cluster.this.access_config[0].bootstrap_cluster_creator_admin_permissions,
    ])
    error_message = "Whoever runs Terraform must not become an administrator by that."
  }

  assert {
    condition     = keys(aws_eks_access_policy_association.administrator) == ["operations"]
    error_message = "The named administrators have access."
  }
}

run "runs_on_graviton_nodes_with_the_label_of_the_manifests" {
  command = plan

  assert {
    condition = alltrue([
      aws_eks_node_group.arm.ami_type == "AL2023_ARM_64_STANDARD",
      aws_eks_node_group.arm.labels["architecture"] == "arm",
    ])
    error_message = "Nodes are arm64 and carry architecture=arm."
  }

  assert {
    condition = alltrue([
      aws_launch_template.node.metadata_options[0].http_tokens == "required",
      aws_launch_template.node.metadata_options[0].http_put_response_hop_limit == 1,
    ])
    error_message = "Pods must not reach the credentials of their node."
  }

  assert {
    condition     = tobool(aws_launch_template.node.block_device_mappings[0].ebs[0].encrypted)
    error_message = "Disks of nodes must be encrypted."
  }
}

run "installs_the_add_ons_and_enforces_network_policies" {
  command = plan

  assert {
    condition = output.add_ons == tolist([
      "amazon-cloudwatch-observability", "coredns", "eks-pod-identity-agent", "kube-proxy", "metrics-server", "vpc-cni",
    ])
    error_message = "All add-ons that the manifests count on are installed."
  }

  assert {
    condition     = jsondecode(aws_eks_addon.before_nodes["vpc-cni"].configuration_values).enableNetworkPolicy == "true"
    error_message = "Without it, network policies are not enforced."
  }

  assert {
    condition = alltrue([
      for role in [aws_iam_role.network, aws_iam_role.observability[0]] :
      jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["aws:RequestTag/eks-cluster-arn"] == aws_eks_cluster.this.arn
    ])
    error_message = "Roles of add-ons are for this cluster alone."
  }
}

run "does_without_what_is_not_wanted" {
  command = plan

  variables {
    irsa               = false
    container_insights = false
  }

  assert {
    condition     = output.oidc_provider == null && !contains(output.add_ons, "amazon-cloudwatch-observability")
    error_message = "IRSA and Container Insights are a choice."
  }
}

run "opens_its_api_to_chosen_addresses" {
  command = plan

  variables {
    public_access_cidrs = ["203.0.113.0/24"]
  }

  assert {
    condition = alltrue([
      aws_eks_cluster.this.vpc_config[0].endpoint_public_access,
      aws_eks_cluster.this.vpc_config[0].public_access_cidrs == toset(["203.0.113.0/24"]),
    ])
    error_message = "The API is reached from the chosen addresses alone."
  }
}

run "refuses_the_whole_internet_and_foreign_processors" {
  command = plan

  variables {
    public_access_cidrs = ["0.0.0.0/0"]
    administrators      = {}
    nodes               = { instance_types = ["m7i.large"], minimum = 2, maximum = 1, disk_gigabytes = 8 }
  }

  expect_failures = [var.public_access_cidrs, var.administrators, var.nodes]
}
