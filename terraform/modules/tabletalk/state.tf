module "object_store" {
  source = "../object-store"

  bucket               = local.bucket
  query_results_prefix = local.query_results_prefix
  query_result_days    = var.query_result_days
  earlier_version_days = var.protected ? 30 : 7
  allowed_origins      = var.domain == null ? [] : ["https://${var.domain}"]
  force_destroy        = !var.protected
  key_arn              = module.encryption.key_arn
}

module "catalog" {
  source = "../catalog"

  name                    = local.name
  database_prefix         = local.database_prefix
  bucket_arn              = module.object_store.bucket_arn
  encrypt_account_catalog = var.encrypt_account_catalog
  key_arn                 = module.encryption.key_arn
}

module "query_engine" {
  source = "../query-engine"

  workgroup_prefix = local.resource_prefix
  bytes_cutoff     = var.query_bytes_cutoff
  results_location = "s3://${module.object_store.bucket}/${local.query_results_prefix}"
  account_id       = data.aws_caller_identity.current.account_id
  force_destroy    = !var.protected
  key_arn          = module.encryption.key_arn
}

module "item_store" {
  source = "../item-store"

  table_prefix        = local.resource_prefix
  recovery_days       = var.protected ? 35 : 7
  deletion_protection = var.protected
  key_arn             = module.encryption.key_arn
}

module "database" {
  source = "../database"

  name                      = local.name
  engine_version            = var.database.engine_version
  instance_class            = var.database.instance_class
  storage_gigabytes         = var.database.storage_gigabytes
  maximum_storage_gigabytes = var.database.maximum_storage_gigabytes
  multi_az                  = var.database.multi_az
  backup_days               = var.database.backup_days
  deletion_protection       = var.protected
  log_retention_days        = var.log_retention_days
  vpc_id                    = module.network.vpc_id
  subnet_ids                = module.network.database_subnet_ids
  client_security_group_id  = module.cluster.security_group_id
  key_arn                   = module.encryption.key_arn
}

module "secrets" {
  source = "../secrets"

  name                 = local.name
  recovery_days        = var.protected ? 30 : 0
  deletion_window_days = var.protected ? 30 : 7
  key_arn              = module.encryption.key_arn
}

module "access" {
  source = "../access"

  name                      = local.name
  cluster                   = local.cluster
  bucket_arn                = module.object_store.bucket_arn
  database_prefix           = local.database_prefix
  crawler_prefix            = local.database_prefix
  crawler_role_arn          = module.catalog.crawler_role_arn
  encrypted_account_catalog = var.encrypt_account_catalog
  workgroup_prefix          = local.resource_prefix
  table_prefix              = local.resource_prefix
  database                  = { resource_id = module.database.resource_id, user = module.database.service_user }
  bedrock_model_ids         = local.bedrock_model_ids
  bedrock_guardrail_id      = var.bedrock.guardrail_id
  service_secret_arn        = module.secrets.service_secret_arn
  workspaces_key_arn        = module.secrets.workspaces_key_arn
  key_arn                   = module.encryption.key_arn
}

locals {
  bedrock_model_ids = distinct(compact(concat([var.bedrock.model_id], var.bedrock.other_model_ids)))
}

module "monitoring" {
  source = "../monitoring"

  name               = local.name
  emails             = var.alarm_emails
  monthly_budget_usd = var.monthly_budget_usd
  database           = { identifier = module.database.identifier, connections = var.database.expected_connections }
  table_names        = module.item_store.table_names
  bedrock_model_ids  = local.bedrock_model_ids
  crawler_prefix     = local.database_prefix
  workgroup_prefix   = local.resource_prefix
  source_schedules   = one(module.source_schedules[*].watched)
  cluster_name       = module.cluster.name
  container_insights = var.container_insights
  minimum_pods       = var.minimum_pods
  key_arn            = module.encryption.key_arn
}
