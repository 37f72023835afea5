variable "name" {
  description = "Name of the role, and begin of the names of its policies."
  type        = string

  validation {
    condition     = length(var.name) <= 64
    error_message = "Names of roles have at most 64 characters."
  }
}

variable "cluster" {
  description = "The cluster, and its identity provider where IRSA may be used besides Pod Identity."
  type = object({
    name          = string
    arn           = string
    oidc_provider = optional(object({ arn = string, issuer = string }))
  })
}

variable "namespace" {
  description = "Namespace of the service account."
  type        = string
}

variable "service_account" {
  description = "Service account whose pods get the role."
  type        = string
}

variable "policies" {
  description = "What it may do: policy documents by a short name."
  type        = map(string)
}
