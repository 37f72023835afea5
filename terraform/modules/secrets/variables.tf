variable "name" {
  description = "Name of the deployment; the secret is called <name>/service, the alias of the key of workspaces' secrets <name>-secrets."
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
  description = "KMS key that encrypts the secret of the service."
  type        = string
}

variable "deletion_window_days" {
  description = "Days between the destruction of the key of workspaces' secrets and the moment from which none of them can be opened again."
  type        = number
  default     = 30

  validation {
    condition     = var.deletion_window_days >= 7 && var.deletion_window_days <= 30
    error_message = "KMS waits 7 to 30 days."
  }
}
