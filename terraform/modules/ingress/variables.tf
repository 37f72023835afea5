variable "name" {
  description = "Name of the deployment."
  type        = string
}

variable "cluster" {
  description = "The cluster, and its identity provider where IRSA may be used besides Pod Identity."
  type = object({
    name          = string
    arn           = string
    oidc_provider = optional(object({ arn = string, issuer = string }))
  })
}

variable "vpc_id" {
  description = "Network of the cluster."
  type        = string
}

variable "domain" {
  description = "Host name of the public address, such as tabletalk.example.com. Null: no certificate is made."
  type        = string
  default     = null

  validation {
    condition     = var.domain == null || can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.domain))
    error_message = "A host name such as tabletalk.example.com."
  }
}

variable "zone_id" {
  description = "Route 53 zone of the host name, where Terraform proves its ownership. Null: you do, with the records that the certificate asks for."
  type        = string
  default     = null

  validation {
    condition     = var.zone_id == null || var.domain != null
    error_message = "A zone without a host name proves nothing: set domain too."
  }
}
