variable "environment" {
  description = "Name of the environment; part of every name."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,11}$", var.environment))
    error_message = "2 to 12 lower-case letters and digits."
  }
}

variable "protected" {
  description = "Whether state is worth more than convenience: databases, tables, bucket, cluster and secret refuse to be deleted, and backups are kept long."
  type        = bool
}

variable "tags" {
  description = "Tags of nodes and their volumes; all else gets the provider's default tags. Must hold Deployment, by which costs are counted."
  type        = map(string)

  validation {
    condition     = lookup(var.tags, "Deployment", null) == "tabletalk-${var.environment}"
    error_message = "The tag Deployment must be tabletalk-<environment>: the budget counts by it."
  }
}

variable "network" {
  description = "Addresses (a private /16), availability zones (2 or 3), NAT gateways (none, single, per_zone), and AWS services that are reached inside the network."
  type = object({
    cidr                = string
    zone_count          = number
    nat_gateways        = string
    interface_endpoints = optional(set(string), [])
  })
}

variable "kubernetes_version" {
  description = "Version of Kubernetes."
  type        = string
  default     = "1.35"
}

variable "cluster_access_cidrs" {
  description = "Addresses from which the Kubernetes API may be reached over the internet. Empty: from inside the network alone."
  type        = list(string)
}

variable "administrators" {
  description = "Who administers the cluster: a name of your choice, and the ARN of an IAM role or user."
  type        = map(string)
}

variable "nodes" {
  description = "The Graviton nodes."
  type = object({
    instance_types = list(string)
    minimum        = number
    maximum        = number
    disk_gigabytes = optional(number, 50)
    capacity_type  = optional(string, "ON_DEMAND")
  })
}

variable "container_insights" {
  description = "Whether CloudWatch collects metrics and logs of pods."
  type        = bool
  default     = true
}

variable "minimum_pods" {
  description = "Running pods below which an alarm is raised."
  type        = number
  default     = 1
}

variable "database" {
  description = "PostgreSQL: Graviton class, storage, second zone, days of backups, and connections above which an alarm is raised."
  type = object({
    instance_class            = string
    multi_az                  = bool
    backup_days               = number
    engine_version            = optional(string, "17")
    storage_gigabytes         = optional(number, 20)
    maximum_storage_gigabytes = optional(number, 200)
    expected_connections      = optional(number, 80)
  })
}

variable "query_bytes_cutoff" {
  description = "Bytes at which Athena ends a statement (ATHENA_BYTES_CUTOFF)."
  type        = number
}

variable "query_price_per_terabyte" {
  description = "US dollars that Athena takes for a terabyte in the region, for estimates (QUERY_PRICE_PER_TB)."
  type        = number
  default     = 5
}

variable "query_result_days" {
  description = "Days for which results of queries are kept (QUERY_RESULT_DAYS)."
  type        = number
  default     = 30
}

variable "encrypt_account_catalog" {
  description = "Whether the Glue catalog of the whole account and region is encrypted with this deployment's key."
  type        = bool
  default     = false
}

variable "bedrock" {
  description = "The model or inference profile that answers (BEDROCK_MODEL_ID; null: Bedrock is not used), others that chatbots may name, and the guardrail that requests pass."
  type = object({
    model_id          = optional(string)
    other_model_ids   = optional(list(string), [])
    guardrail_id      = optional(string)
    guardrail_version = optional(string)
  })
  default = {}
}

variable "domain" {
  description = "Host name under which people reach the service, such as tabletalk.example.com. Null: no certificate is made."
  type        = string
  default     = null
}

variable "source_schedules" {
  description = "When EventBridge Scheduler has which sources read, in place of the service's own schedules (see modules/source-schedules). Empty: none of it is made."
  type = map(object({
    source_id      = string
    expression     = string
    time_zone      = optional(string, "UTC")
    window_minutes = optional(number, 15)
    mode           = optional(string, "incremental")
    workspace      = optional(string, "default")
    paused         = optional(bool, false)
  }))
  default = {}

  validation {
    condition     = length(var.source_schedules) == 0 || var.domain != null
    error_message = "EventBridge calls the service by its domain: name it."
  }
}

variable "zone_id" {
  description = "Route 53 zone of the host name. Null: you prove its ownership yourself."
  type        = string
  default     = null
}

variable "github_repository" {
  description = "Repository whose workflows deliver, as owner/name. Null: none."
  type        = string
  default     = null
}

variable "github_provider_arn" {
  description = "GitHub's identity provider in this account where there is one already."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "Days for which logs are kept."
  type        = number
  default     = 30
}

variable "alarm_emails" {
  description = "Who hears of alarms and of costs."
  type        = set(string)
}

variable "monthly_budget_usd" {
  description = "US dollars a month above which a mail is sent."
  type        = number
}
