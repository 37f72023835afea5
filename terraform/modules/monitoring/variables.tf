variable "name" {
  description = "Name of the deployment; also the value of the tag Deployment that its costs carry."
  type        = string
}

variable "emails" {
  description = "Who hears of alarms and of costs."
  type        = set(string)

  validation {
    condition = alltrue([
      length(var.emails) > 0,
      alltrue([for email in var.emails : can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", email))]),
    ])
    error_message = "At least one address of mail: an alarm that nobody hears is none."
  }
}

variable "monthly_budget_usd" {
  description = "US dollars a month; at 80 percent spent, and when more than all of it is forecast, a mail is sent."
  type        = number

  validation {
    condition     = var.monthly_budget_usd >= 1
    error_message = "At least 1 US dollar."
  }
}

variable "database" {
  description = "The PostgreSQL instance, and the most connections that are expected."
  type        = object({ identifier = string, connections = number })
}

variable "table_names" {
  description = "DynamoDB tables."
  type        = list(string)
}

variable "bedrock_model_ids" {
  description = "Models and inference profiles of Bedrock."
  type        = list(string)
  default     = []
}

variable "crawler_prefix" {
  description = "Begin of the names of crawlers."
  type        = string
}

variable "workgroup_prefix" {
  description = "Begin of the names of Athena workgroups (ATHENA_WORKGROUP_PREFIX)."
  type        = string
}

variable "source_schedules" {
  description = "What of EventBridge is watched where it has sources read. Null: it has not."
  type        = object({ queue_name = string, bus_name = string, rule_names = list(string), group_name = string })
  default     = null
}

variable "cluster_name" {
  description = "Name of the cluster."
  type        = string
}

variable "namespace" {
  description = "Namespace of the service."
  type        = string
  default     = "tabletalk"
}

variable "container_insights" {
  description = "Whether the cluster reports metrics of pods and nodes."
  type        = bool
  default     = true
}

variable "minimum_pods" {
  description = "Running pods below which an alarm is raised."
  type        = number
  default     = 1
}

variable "key_arn" {
  description = "KMS key that encrypts notifications."
  type        = string
}
