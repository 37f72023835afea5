variable "name" {
  description = "Name of the deployment."
  type        = string
}

variable "github_repository" {
  description = "Repository whose workflows deliver, as owner/name."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.github_repository))
    error_message = "As owner/name, without * and without the address of the host."
  }
}

variable "github_environment" {
  description = "Environment of that repository whose jobs may take the roles."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]+$", var.github_environment))
    error_message = "Letters, digits, hyphens and underscores."
  }
}

variable "github_provider_arn" {
  description = "GitHub's identity provider in this account where there is one already. Null: it is made."
  type        = string
  default     = null
}

variable "repository_arn" {
  description = "Registry's repository to which images are pushed."
  type        = string
}

variable "cluster" {
  description = "Cluster to which manifests are applied."
  type        = object({ name = string, arn = string })
}

variable "namespace" {
  description = "The only namespace in which manifests are applied."
  type        = string
  default     = "tabletalk"
}
