data "aws_caller_identity" "current" {}
data "aws_region" "current" {}

locals {
  name = "tabletalk-${var.environment}"

  # Permissions are given for names that begin so. Each ends in a separator, and no environment's name begins another's,
  # so that several deployments may share an account without reaching each other.
  database_prefix = "tabletalk_${var.environment}_"
  resource_prefix = "tabletalk-${var.environment}-"

  # Names of buckets are unique among all accounts.
  bucket = "${local.name}-${data.aws_caller_identity.current.account_id}-${data.aws_region.current.region}"

  query_results_prefix = "athena-results/"

  cluster = { name = module.cluster.name, arn = module.cluster.arn, oidc_provider = module.cluster.oidc_provider }
}

module "encryption" {
  source = "../encryption"

  name                 = local.name
  deletion_window_days = var.protected ? 30 : 7
  api_destinations     = length(var.source_schedules) > 0
}

module "network" {
  source = "../network"

  name                    = local.name
  cidr                    = var.network.cidr
  zone_count              = var.network.zone_count
  nat_gateways            = var.network.nat_gateways
  interface_endpoints     = var.network.interface_endpoints
  flow_log_retention_days = var.log_retention_days
  key_arn                 = module.encryption.key_arn
}

module "cluster" {
  source = "../cluster"

  name                = local.name
  kubernetes_version  = var.kubernetes_version
  subnet_ids          = module.network.private_subnet_ids
  public_access_cidrs = var.cluster_access_cidrs
  administrators      = var.administrators
  nodes               = var.nodes
  container_insights  = var.container_insights
  log_retention_days  = var.log_retention_days
  deletion_protection = var.protected
  key_arn             = module.encryption.key_arn
  tags                = var.tags
}

module "registry" {
  source = "../registry"

  name          = local.name
  key_arn       = module.encryption.key_arn
  force_destroy = !var.protected
}

module "ingress" {
  source = "../ingress"

  name    = local.name
  cluster = local.cluster
  vpc_id  = module.network.vpc_id
  domain  = var.domain
  zone_id = var.zone_id
}

module "delivery" {
  source = "../delivery"
  count  = var.github_repository == null ? 0 : 1

  name                = local.name
  github_repository   = var.github_repository
  github_environment  = var.environment
  github_provider_arn = var.github_provider_arn
  repository_arn      = module.registry.repository_arn
  cluster             = { name = module.cluster.name, arn = module.cluster.arn }
}

module "source_schedules" {
  source = "../source-schedules"
  count  = length(var.source_schedules) == 0 ? 0 : 1

  name        = local.name
  service_url = "https://${var.domain}"
  schedules   = var.source_schedules
  key_arn     = module.encryption.key_arn
}
