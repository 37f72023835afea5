variable "table_prefix" {
  description = "Begin of the names of all tables (DYNAMODB_TABLE_PREFIX)."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]*-$", var.table_prefix))
    error_message = "Lower-case letters, digits and hyphens, with one at the end: no other deployment's names may begin with it."
  }
}

variable "recovery_days" {
  description = "Days back to which a table can be restored, to the second."
  type        = number
  default     = 35

  validation {
    condition     = var.recovery_days >= 1 && var.recovery_days <= 35
    error_message = "1 to 35 days."
  }
}

variable "deletion_protection" {
  description = "Whether the tables refuse to be deleted."
  type        = bool
  default     = true
}

variable "key_arn" {
  description = "KMS key that encrypts the tables."
  type        = string
}
