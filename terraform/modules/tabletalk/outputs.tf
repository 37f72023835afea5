output "settings" {
  description = "Settings of the service: the data of its ConfigMap. None is secret."
  value = merge(
    {
      PROVIDERS                   = "aws"
      AWS_REGION                  = data.aws_region.current.region
      S3_BUCKET                   = module.object_store.bucket
      S3_PREFIX                   = ""
      S3_KMS_KEY_ID               = module.encryption.key_arn
      SECRETS_KMS_KEY_ID          = module.secrets.workspaces_key_arn
      GLUE_DATABASE_PREFIX        = local.database_prefix
      GLUE_CRAWLER_ROLE_ARN       = module.catalog.crawler_role_arn
      ATHENA_WORKGROUP_PREFIX     = local.resource_prefix
      ATHENA_OUTPUT_PREFIX        = local.query_results_prefix
      ATHENA_BYTES_CUTOFF         = tostring(var.query_bytes_cutoff)
      QUERY_PRICE_PER_TB          = tostring(var.query_price_per_terabyte)
      QUERY_RESULT_DAYS           = tostring(var.query_result_days)
      DYNAMODB_TABLE_PREFIX       = local.resource_prefix
      DATABASE_URL                = module.database.url
      DATABASE_IAM_AUTHENTICATION = "true"
      DATABASE_TLS                = "verify"
    },
    var.domain == null ? {} : { PUBLIC_URL = "https://${var.domain}" },
    var.bedrock.model_id == null ? {} : { LANGUAGE_MODEL = "bedrock", BEDROCK_MODEL_ID = var.bedrock.model_id },
    var.bedrock.guardrail_id == null ? {} : { BEDROCK_GUARDRAIL_ID = var.bedrock.guardrail_id },
    var.bedrock.guardrail_version == null ? {} : { BEDROCK_GUARDRAIL_VERSION = var.bedrock.guardrail_version },
  )
}

output "kubernetes" {
  description = "What the manifests and the tools of the cluster need to know."
  value = {
    cluster_name                 = module.cluster.name
    vpc_id                       = module.network.vpc_id
    namespace                    = "tabletalk"
    service_account              = "tabletalk"
    image                        = module.registry.repository_url
    service_role_arn             = module.access.service_role_arn
    external_secrets_role_arn    = module.access.external_secrets_role_arn
    load_balancer_controller_arn = module.ingress.controller_role_arn
    certificate_arn              = module.ingress.certificate_arn
    secret_name                  = module.secrets.service_secret_name
  }
}

output "delivery" {
  description = "Roles of the repository's workflows. Null where none deliver."
  value = one([for delivery in module.delivery : {
    image_push_role_arn = delivery.image_push_role_arn
    deploy_role_arn     = delivery.deploy_role_arn
  }])
}

output "source_schedules" {
  description = "Connections of EventBridge that need a token of the service each, by workspace. Null where EventBridge reads no sources."
  value       = one(module.source_schedules[*].connections)
}

output "operators" {
  description = "For the people who run it: policies, workgroup, dashboard, and where the database's administrator is."
  value = {
    policy_arn                    = module.access.operators_policy_arn
    developer_policy_arns         = module.access.service_policy_arns
    workgroup                     = module.query_engine.operators_workgroup
    dashboard                     = module.monitoring.dashboard_name
    database_address              = module.database.address
    database_administrator_secret = module.database.administrator_secret_arn
  }
}

output "safeguards" {
  description = "What keeps state and service when something goes wrong, as it was applied."
  value = {
    database = module.database.safeguards
    items    = module.item_store.safeguards
    files    = module.object_store.safeguards
    cluster  = module.cluster.safeguards
    network  = module.network.safeguards
  }
}
