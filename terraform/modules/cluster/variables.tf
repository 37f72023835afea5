variable "name" {
  description = "Name of the cluster."
  type        = string
}

variable "kubernetes_version" {
  description = "Version of Kubernetes; one that EKS supports without surcharge."
  type        = string
  default     = "1.35"

  validation {
    condition     = can(regex("^1\\.[0-9]{2}$", var.kubernetes_version))
    error_message = "A minor version, such as 1.35."
  }
}

variable "subnet_ids" {
  description = "Private subnets of nodes and pods, in at least two zones."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "A cluster needs subnets in at least two zones."
  }
}

variable "public_access_cidrs" {
  description = "Addresses from which the Kubernetes API may be reached over the internet. Empty: from inside the network alone."
  type        = list(string)
  default     = []

  validation {
    condition = alltrue([
      for cidr in var.public_access_cidrs :
      can(cidrhost(cidr, 0)) && try(tonumber(split("/", cidr)[1]), 0) >= 8
    ])
    error_message = "Blocks such as 203.0.113.0/24, none larger than a /8: the API is not for the whole internet."
  }
}

variable "administrators" {
  description = "People and roles that administer the cluster: a name of your choice, and the ARN of an IAM role or user."
  type        = map(string)

  validation {
    condition     = length(var.administrators) > 0
    error_message = "Without an administrator nobody can reach the cluster."
  }

  validation {
    condition = alltrue([
      for arn in values(var.administrators) :
      can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/", arn))
    ])
    error_message = "Each is the ARN of an IAM role or user, such as arn:aws:iam::111122223333:role/Administrator."
  }
}

variable "nodes" {
  description = "The Graviton nodes: instance types (the first is preferred), how many, disk, and ON_DEMAND or SPOT."
  type = object({
    instance_types = list(string)
    minimum        = number
    maximum        = number
    disk_gigabytes = optional(number, 50)
    capacity_type  = optional(string, "ON_DEMAND")
  })

  validation {
    condition = length(var.nodes.instance_types) > 0 && alltrue([
      for type in var.nodes.instance_types : can(regex("^(t4g|[cmr][6-9]gd?)\\.[0-9a-z]+$", type))
    ])
    error_message = "Graviton types alone, such as t4g.large or m7g.xlarge: the image is made for arm64."
  }

  validation {
    condition     = var.nodes.minimum >= 1 && var.nodes.maximum >= var.nodes.minimum
    error_message = "At least one node, and no maximum below the minimum."
  }

  validation {
    condition     = var.nodes.disk_gigabytes >= 20
    error_message = "Images, logs and the scratch space of queries need 20 GB."
  }

  validation {
    condition     = contains(["ON_DEMAND", "SPOT"], var.nodes.capacity_type)
    error_message = "ON_DEMAND or SPOT."
  }
}

variable "irsa" {
  description = "Whether IAM roles for service accounts (IRSA) can be used besides Pod Identity."
  type        = bool
  default     = true
}

variable "container_insights" {
  description = "Whether CloudWatch collects metrics and logs of pods; alarms on pods and nodes need it."
  type        = bool
  default     = true
}

variable "add_on_versions" {
  description = "Versions of add-ons by their name, where not the default of the Kubernetes version is wanted."
  type        = map(string)
  default     = {}
}

variable "log_retention_days" {
  description = "Days for which the logs of the control plane are kept."
  type        = number
  default     = 30
}

variable "deletion_protection" {
  description = "Whether the cluster refuses to be deleted."
  type        = bool
  default     = true
}

variable "key_arn" {
  description = "KMS key that encrypts Kubernetes secrets and the logs of the control plane."
  type        = string
}

variable "tags" {
  description = "Tags of the nodes themselves, which do not get the provider's default tags."
  type        = map(string)
  default     = {}
}
