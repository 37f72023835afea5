data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.region
  ec2       = "arn:${local.partition}:ec2:${local.region}:${local.account}"
  elb       = "arn:${local.partition}:elasticloadbalancing:${local.region}:${local.account}"

  balancers     = ["${local.elb}:loadbalancer/app/*", "${local.elb}:loadbalancer/net/*"]
  target_groups = "${local.elb}:targetgroup/*/*"
  listeners     = [for kind in ["listener", "listener-rule"] : "${local.elb}:${kind}/*"]

  # The AWS Load Balancer Controller puts this tag on all that it makes.
  its_own     = { StringEquals = { "aws:ResourceTag/elbv2.k8s.aws/cluster" = var.cluster.name } }
  to_be_owned = { StringEquals = { "aws:RequestTag/elbv2.k8s.aws/cluster" = var.cluster.name } }
}

module "controller" {
  source = "../pod-role"

  name            = "${var.name}-load-balancers"
  cluster         = var.cluster
  namespace       = "kube-system"
  service_account = "aws-load-balancer-controller"
  policies        = { find = local.find_policy, network = local.network_policy, balance = local.balance_policy }
}

# The certificate of the public address. It is ready when the records of validation stand in the zone.
resource "aws_acm_certificate" "this" {
  count = var.domain == null ? 0 : 1

  domain_name       = var.domain
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "validation" {
  for_each = var.zone_id == null ? {} : {
    for option in one(aws_acm_certificate.this[*].domain_validation_options) : option.domain_name => option
  }

  zone_id = var.zone_id
  name    = each.value.resource_record_name
  type    = each.value.resource_record_type
  records = [each.value.resource_record_value]
  ttl     = 300
}
