locals {
  find_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      # IAM knows no resources for these actions: they only look.
      Sid    = "LookAround"
      Effect = "Allow"
      Action = [
        "acm:DescribeCertificate", "acm:ListCertificates", "ec2:DescribeAccountAttributes", "ec2:DescribeAddresses",
        "ec2:DescribeAvailabilityZones", "ec2:DescribeInstances", "ec2:DescribeInternetGateways",
        "ec2:DescribeNetworkInterfaces", "ec2:DescribeRouteTables", "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets", "ec2:DescribeTags", "ec2:DescribeVpcPeeringConnections", "ec2:DescribeVpcs",
        "ec2:GetSecurityGroupsForVpc", "elasticloadbalancing:Describe*",
      ]
      Resource = "*"
    }]
  })

  network_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "MakeSecurityGroups"
        Effect   = "Allow"
        Action   = "ec2:CreateSecurityGroup"
        Resource = ["${local.ec2}:security-group/*", "${local.ec2}:vpc/${var.vpc_id}"]
      },
      {
        Sid       = "NameThem"
        Effect    = "Allow"
        Action    = "ec2:CreateTags"
        Resource  = "${local.ec2}:security-group/*"
        Condition = { StringEquals = merge(local.to_be_owned.StringEquals, { "ec2:CreateAction" = "CreateSecurityGroup" }) }
      },
      {
        Sid       = "ChangeItsOwn"
        Effect    = "Allow"
        Action    = ["ec2:CreateTags", "ec2:DeleteSecurityGroup", "ec2:DeleteTags"]
        Resource  = "${local.ec2}:security-group/*"
        Condition = local.its_own
      },
      {
        # Also the nodes' group, to let the balancers in.
        Sid       = "RulesInThisNetwork"
        Effect    = "Allow"
        Action    = ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"]
        Resource  = "${local.ec2}:security-group/*"
        Condition = { ArnEquals = { "ec2:Vpc" = "${local.ec2}:vpc/${var.vpc_id}" } }
      },
    ]
  })

  balance_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Make"
        Effect    = "Allow"
        Action    = ["elasticloadbalancing:AddTags", "elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"]
        Resource  = concat(local.balancers, [local.target_groups])
        Condition = local.to_be_owned
      },
      {
        Sid    = "ChangeItsOwn"
        Effect = "Allow"
        Action = [
          "elasticloadbalancing:AddTags", "elasticloadbalancing:CreateListener", "elasticloadbalancing:DeleteLoadBalancer",
          "elasticloadbalancing:DeleteTargetGroup", "elasticloadbalancing:ModifyLoadBalancerAttributes",
          "elasticloadbalancing:ModifyTargetGroup", "elasticloadbalancing:ModifyTargetGroupAttributes",
          "elasticloadbalancing:RemoveTags", "elasticloadbalancing:SetIpAddressType",
          "elasticloadbalancing:SetSecurityGroups", "elasticloadbalancing:SetSubnets",
        ]
        Resource  = concat(local.balancers, [local.target_groups])
        Condition = local.its_own
      },
      {
        Sid    = "Listeners"
        Effect = "Allow"
        Action = [
          "elasticloadbalancing:AddListenerCertificates", "elasticloadbalancing:AddTags", "elasticloadbalancing:CreateRule",
          "elasticloadbalancing:DeleteListener", "elasticloadbalancing:DeleteRule", "elasticloadbalancing:ModifyListener",
          "elasticloadbalancing:ModifyListenerAttributes", "elasticloadbalancing:ModifyRule",
          "elasticloadbalancing:RemoveListenerCertificates", "elasticloadbalancing:RemoveTags",
          "elasticloadbalancing:SetRulePriorities",
        ]
        Resource = local.listeners
      },
      {
        Sid       = "Targets"
        Effect    = "Allow"
        Action    = ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"]
        Resource  = local.target_groups
        Condition = local.its_own
      },
      {
        Sid       = "RoleOfTheService"
        Effect    = "Allow"
        Action    = "iam:CreateServiceLinkedRole"
        Resource  = "arn:${local.partition}:iam::${local.account}:role/aws-service-role/elasticloadbalancing.amazonaws.com/*"
        Condition = { StringEquals = { "iam:AWSServiceName" = "elasticloadbalancing.amazonaws.com" } }
      },
    ]
  })
}
