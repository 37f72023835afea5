locals {
  tags = { Application = "tabletalk", Deployment = "tabletalk-production", ManagedBy = "terraform" }
}

# Goes on when a zone fails; its state survives every mistake that can be undone.
module "tabletalk" {
  source = "../../modules/tabletalk"

  environment = "production"
  protected   = true
  tags        = local.tags

  network = {
    cidr         = "10.40.0.0/16"
    zone_count   = 3
    nat_gateways = "per_zone"
    # Data, keys and questions do not leave the network of AWS.
    interface_endpoints = ["athena", "bedrock-runtime", "ecr.api", "ecr.dkr", "eks-auth", "glue", "kms", "logs", "secretsmanager", "sts"]
  }

  nodes = { instance_types = ["m7g.xlarge", "m6g.xlarge"], minimum = 3, maximum = 9, disk_gigabytes = 100 }

  database = {
    instance_class            = "db.m7g.large"
    multi_az                  = true
    backup_days               = 35
    storage_gigabytes         = 100
    maximum_storage_gigabytes = 1000
    expected_connections      = 200
  }

  query_bytes_cutoff = pow(1024, 4)
  minimum_pods       = 3
  log_retention_days = 90

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
