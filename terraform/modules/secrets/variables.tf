variable "name" {
  description = "Name of the deployment; the secret is called <name>/service."
  type        = string
}

variable "recovery_days" {
  description = "Days for which a deleted secret can be restored; 0 deletes it at once."
  type        = number
  default     = 30

  validation {
    condition     = var.recovery_days == 0 || (var.recovery_days >= 7 && var.recovery_days <= 30)
    error_message = "0, or 7 to 30 days."
  }
}

variable "key_arn" {
  description = "KMS key that encrypts the secret."
  type        = string
}
