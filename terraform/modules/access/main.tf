data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.region

  service_policies = merge(
    {
      files   = local.files_policy
      catalog = local.catalog_policy
      queries = local.queries_policy
      state   = local.state_policy
      sealing = local.sealing_policy
    },
    length(var.bedrock_model_ids) > 0 ? { models = local.models_policy } : {},
  )
}

module "service" {
  source = "../pod-role"

  name            = "${var.name}-service"
  cluster         = var.cluster
  namespace       = var.namespace
  service_account = var.service_account
  policies        = local.service_policies
}

# External Secrets brings secrets into the cluster; the service itself reads its environment alone.
module "external_secrets" {
  source = "../pod-role"

  name            = "${var.name}-external-secrets"
  cluster         = var.cluster
  namespace       = "external-secrets"
  service_account = "external-secrets"
  policies        = { read = local.secrets_policy }
}

# For people who look after the tables: scans are not for the service.
resource "aws_iam_policy" "operators" {
  name        = "${var.name}-operators"
  description = "Read all tables of ${var.name}, and run statements in the operators' workgroup"
  policy      = local.operators_policy
}
