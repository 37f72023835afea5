variable "region" {
  description = "Region of everything, such as eu-central-1."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "A region such as eu-central-1."
  }
}

variable "account_id" {
  description = "Account in which this may be applied: credentials of another one are refused."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "Twelve digits."
  }
}

variable "administrators" {
  description = "Who administers the cluster: a name of your choice, and the ARN of an IAM role or user."
  type        = map(string)
}

variable "cluster_access_cidrs" {
  description = "Addresses from which the Kubernetes API may be reached over the internet. Empty: from inside the network alone."
  type        = list(string)
  default     = []
}

variable "alarm_emails" {
  description = "Who hears of alarms and of costs."
  type        = set(string)
}

variable "monthly_budget_usd" {
  description = "US dollars a month above which a mail is sent."
  type        = number
  default     = 700
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
  description = "Host name under which people reach the service. Null: no certificate is made."
  type        = string
  default     = null
}

variable "zone_id" {
  description = "Route 53 zone of the host name. Null: you prove its ownership yourself."
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
}

variable "github_repository" {
  description = "Repository whose workflows deliver, as owner/name. Null: none."
  type        = string
  default     = null
}

variable "github_provider_arn" {
  description = "GitHub's identity provider in this account where there is one already, such as from another environment. Null: it is made."
  type        = string
  default     = null
}
