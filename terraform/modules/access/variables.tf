variable "name" {
  description = "Name of the deployment; begin of the names of roles and policies."
  type        = string
}

variable "cluster" {
  description = "The cluster, and its identity provider where IRSA may be used besides Pod Identity."
  type = object({
    name          = string
    arn           = string
    oidc_provider = optional(object({ arn = string, issuer = string }))
  })
}

variable "namespace" {
  description = "Namespace of the service."
  type        = string
  default     = "tabletalk"
}

variable "service_account" {
  description = "Service account of the service."
  type        = string
  default     = "tabletalk"
}

variable "bucket_arn" {
  description = "Bucket of the files."
  type        = string
}

variable "object_prefix" {
  description = "Begin of the keys of all objects that are used; empty for the whole bucket."
  type        = string
  default     = ""
}

variable "database_prefix" {
  description = "Begin of the names of Glue databases (GLUE_DATABASE_PREFIX)."
  type        = string
}

variable "crawler_prefix" {
  description = "Begin of the names of crawlers."
  type        = string
}

variable "crawler_role_arn" {
  description = "Role that crawlers get (GLUE_CRAWLER_ROLE_ARN)."
  type        = string
}

variable "encrypted_account_catalog" {
  description = "Whether the Glue catalog is encrypted with the key."
  type        = bool
  default     = false
}

variable "workgroup_prefix" {
  description = "Begin of the names of Athena workgroups (ATHENA_WORKGROUP_PREFIX)."
  type        = string
}

variable "table_prefix" {
  description = "Begin of the names of DynamoDB tables (DYNAMODB_TABLE_PREFIX)."
  type        = string
}

variable "database" {
  description = "The PostgreSQL instance's resource id and the user as whom the service signs in."
  type        = object({ resource_id = string, user = string })
}

variable "bedrock_model_ids" {
  description = "Models and inference profiles of Bedrock that may be called, such as amazon.titan-embed-text-v2:0 or eu.anthropic.claude-sonnet-4-5-20250929-v1:0. Empty: none."
  type        = list(string)
  default     = []

  validation {
    condition = alltrue([
      for id in var.bedrock_model_ids :
      can(regex("^[a-z0-9][a-z0-9.:-]+$", id)) && strcontains(id, ".")
    ])
    error_message = "Each is an id such as amazon.titan-embed-text-v2:0: no ARN and no *."
  }
}

variable "bedrock_guardrail_id" {
  description = "Guardrail that requests pass (BEDROCK_GUARDRAIL_ID). Null: none."
  type        = string
  default     = null
}

variable "service_secret_arn" {
  description = "Secret with the service's secret settings."
  type        = string
}

variable "key_arn" {
  description = "KMS key of files, items and secrets."
  type        = string
}

variable "workspaces_key_arn" {
  description = "KMS key of the secrets of sources and tools (SECRETS_KMS_KEY_ID)."
  type        = string
}
