variable "bucket" {
  description = "Name of the bucket (S3_BUCKET). It belongs to this deployment alone."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket))
    error_message = "3 to 63 lower-case letters, digits and hyphens; no dots, which break TLS."
  }
}

variable "query_results_prefix" {
  description = "Begin of the keys of Athena's results (ATHENA_OUTPUT_PREFIX)."
  type        = string
  default     = "athena-results/"

  validation {
    condition     = can(regex("^([a-z0-9._-]+/)+$", var.query_results_prefix))
    error_message = "Lower-case segments that each end in a slash, such as athena-results/."
  }
}

variable "query_result_days" {
  description = "Days for which results of Athena are kept; at least QUERY_RESULT_DAYS of the service, which stops offering them then."
  type        = number
  default     = 30

  validation {
    condition     = var.query_result_days >= 1 && floor(var.query_result_days) == var.query_result_days
    error_message = "A whole number of days, at least 1."
  }
}

variable "unfinished_upload_days" {
  description = "Days after which the parts of an unfinished upload are removed. The service ends its own; a process that is killed cannot."
  type        = number
  default     = 1

  validation {
    condition     = var.unfinished_upload_days >= 1 && floor(var.unfinished_upload_days) == var.unfinished_upload_days
    error_message = "A whole number of days, at least 1."
  }
}

variable "earlier_version_days" {
  description = "Days for which a deleted or replaced object can be restored."
  type        = number
  default     = 30

  validation {
    condition     = var.earlier_version_days >= 1 && floor(var.earlier_version_days) == var.earlier_version_days
    error_message = "A whole number of days, at least 1."
  }
}

variable "allowed_origins" {
  description = "Origins whose pages may use presigned addresses, such as https://tabletalk.example.com."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for origin in var.allowed_origins : can(regex("^https?://[^/*]+$", origin))])
    error_message = "Each origin is a scheme and a host without a path and without *."
  }
}

variable "key_arn" {
  description = "KMS key that encrypts the objects."
  type        = string
}

variable "force_destroy" {
  description = "Whether `terraform destroy` also removes the objects."
  type        = bool
  default     = false
}
