variable "name" {
  description = "Name of the instance."
  type        = string
}

variable "engine_version" {
  description = "Version of PostgreSQL, 16 or newer: the major version alone takes the newest minor one."
  type        = string
  default     = "17"

  validation {
    condition     = can(regex("^(1[6-9]|2[0-9])(\\.[0-9]+)?$", var.engine_version))
    error_message = "PostgreSQL 16 or newer, such as 17 or 17.6."
  }
}

variable "instance_class" {
  description = "Graviton class of the instance, such as db.t4g.small or db.m7g.large."
  type        = string

  validation {
    condition     = can(regex("^db\\.(t4g|[mr][6-9]gd?)\\.[0-9a-z]+$", var.instance_class))
    error_message = "A Graviton class: db.t4g.*, db.m7g.*, db.r7g.* and their like."
  }
}

variable "storage_gigabytes" {
  description = "Storage at the beginning."
  type        = number
  default     = 20

  validation {
    condition     = var.storage_gigabytes >= 20
    error_message = "At least 20 GB."
  }
}

variable "maximum_storage_gigabytes" {
  description = "Storage up to which it grows by itself."
  type        = number
  default     = 200

  validation {
    condition     = var.maximum_storage_gigabytes > var.storage_gigabytes
    error_message = "More than at the beginning: a full database stops the service."
  }
}

variable "multi_az" {
  description = "Whether a second zone holds a copy that takes over within a minute or two."
  type        = bool
}

variable "backup_days" {
  description = "Days back to which the database can be restored, to the second."
  type        = number

  validation {
    condition     = var.backup_days >= 1 && var.backup_days <= 35
    error_message = "1 to 35 days."
  }
}

variable "deletion_protection" {
  description = "Whether the instance refuses to be deleted. Where it may be, it goes with its backups and without a last snapshot."
  type        = bool
  default     = true
}

variable "database_name" {
  description = "Name of the database."
  type        = string
  default     = "tabletalk"

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,62}$", var.database_name))
    error_message = "Lower-case letters, digits and underscores."
  }
}

variable "service_user" {
  description = "Database user of the service, which signs in with IAM. It is made once by hand: see the README of the environment."
  type        = string
  default     = "tabletalk"

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,62}$", var.service_user)) && var.service_user != "administrator"
    error_message = "Lower-case letters, digits and underscores; not the administrator."
  }
}

variable "vpc_id" {
  description = "Network of the instance."
  type        = string
}

variable "subnet_ids" {
  description = "Subnets without a way to the internet, in at least two zones."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "RDS needs subnets in at least two zones."
  }
}

variable "client_security_group_id" {
  description = "Security group of those who may connect: nodes and pods of the cluster."
  type        = string
}

variable "log_retention_days" {
  description = "Days for which the logs are kept."
  type        = number
  default     = 30
}

variable "key_arn" {
  description = "KMS key that encrypts storage, backups, logs and the administrator's password."
  type        = string
}
