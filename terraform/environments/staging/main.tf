locals {
  tags = { Application = "tabletalk", Deployment = "tabletalk-staging", ManagedBy = "terraform" }
}

# Production in small: the same protections and the same number of zones, so that it rehearses upgrades and restores.
module "tabletalk" {
  source = "../../modules/tabletalk"

  environment        = "staging"
  protected          = true
  tags               = local.tags
  network            = { cidr = "10.30.0.0/16", zone_count = 3, nat_gateways = "single" }
  nodes              = { instance_types = ["m7g.large", "m6g.large"], minimum = 2, maximum = 4 }
  database           = { instance_class = "db.t4g.medium", multi_az = false, backup_days = 7 }
  query_bytes_cutoff = 100 * pow(1024, 3)
  minimum_pods       = 2

  administrators       = var.administrators
  cluster_access_cidrs = var.cluster_access_cidrs
  alarm_emails         = var.alarm_emails
  monthly_budget_usd   = var.monthly_budget_usd
  bedrock              = var.bedrock
  domain               = var.domain
  zone_id              = var.zone_id
  source_schedules     = var.source_schedules
  github_repository    = var.github_repository
  github_provider_arn  = var.github_provider_arn
}
