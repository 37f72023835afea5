variable "name" {
  description = "Name of the deployment, such as tabletalk-dev. Log groups whose names contain it may use the key."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,31}$", var.name))
    error_message = "The name must be 3 to 32 lower-case letters, digits and hyphens, and begin with a letter."
  }
}

variable "api_destinations" {
  description = "Whether EventBridge may encrypt with it what connections sign in with."
  type        = bool
  default     = false
}

variable "deletion_window_days" {
  description = "Days between the destruction of the key and the moment from which nothing encrypted with it can be read again."
  type        = number
  default     = 30

  validation {
    condition     = var.deletion_window_days >= 7 && var.deletion_window_days <= 30
    error_message = "KMS waits 7 to 30 days."
  }
}
