variable "workgroup_prefix" {
  description = "Begin of the names of all workgroups of the deployment (ATHENA_WORKGROUP_PREFIX)."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]*-$", var.workgroup_prefix))
    error_message = "Lower-case letters, digits and hyphens, with one at the end: no other deployment's names may begin with it."
  }
}

variable "bytes_cutoff" {
  description = "Bytes at which Athena ends a statement (ATHENA_BYTES_CUTOFF); a terabyte costs about 5 US dollars."
  type        = number

  validation {
    condition     = var.bytes_cutoff >= 10485760 && var.bytes_cutoff <= 7000000000000
    error_message = "10485760 (10 MB, Athena's minimum) to 7000000000000 (7 TB)."
  }
}

variable "results_location" {
  description = "Where results are written: s3://bucket/prefix/."
  type        = string

  validation {
    condition     = can(regex("^s3://[^/]+/(.*/)?$", var.results_location))
    error_message = "An address such as s3://bucket/athena-results/, with a slash at the end."
  }
}

variable "account_id" {
  description = "Account that owns the bucket; results go nowhere else."
  type        = string
}

variable "key_arn" {
  description = "KMS key that encrypts the results."
  type        = string
}

variable "force_destroy" {
  description = "Whether `terraform destroy` also removes its history and saved statements."
  type        = bool
  default     = false
}
