variable "name" {
  description = "Name of the deployment."
  type        = string
}

variable "database_prefix" {
  description = "Begin of the names of all its Glue databases (GLUE_DATABASE_PREFIX)."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]*_$", var.database_prefix))
    error_message = "Lower-case letters, digits and underscores, with one at the end: no other deployment's names may begin with it."
  }
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

variable "key_arn" {
  description = "KMS key of the files and, where chosen, of the catalog."
  type        = string
}

variable "encrypt_account_catalog" {
  description = "Whether the Glue catalog of the whole account and region is encrypted with the key. For an account that holds this deployment alone."
  type        = bool
  default     = false
}
