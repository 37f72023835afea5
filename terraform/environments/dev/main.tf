locals {
  tags = { Application = "tabletalk", Deployment = "tabletalk-dev", ManagedBy = "terraform" }
}

# Cheap, and gone without a trace when it is destroyed.
module "tabletalk" {
  source = "../../modules/tabletalk"

  environment        = "dev"
  protected          = false
  tags               = local.tags
  network            = { cidr = "10.20.0.0/16", zone_count = 2, nat_gateways = "single" }
  nodes              = { instance_types = ["t4g.large"], minimum = 2, maximum = 3 }
  database           = { instance_class = "db.t4g.small", multi_az = false, backup_days = 1 }
  query_bytes_cutoff = 10 * pow(1024, 3)
  query_result_days  = 7
  log_retention_days = 7

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
