variable "name" {
  description = "Name of the deployment; prefix of the names of all that is made here."
  type        = string
}

variable "cidr" {
  description = "Addresses of the network: a /16 of a private range that no peered network uses."
  type        = string

  validation {
    condition = alltrue([
      can(cidrhost(var.cidr, 0)),
      can(regex("^(10|172\\.(1[6-9]|2[0-9]|3[01])|192\\.168)\\..*/16$", var.cidr)),
    ])
    error_message = "The network must be a /16 of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16."
  }
}

variable "zone_count" {
  description = "Availability zones that are used: 2, or 3 to go on undisturbed when one fails."
  type        = number
  default     = 3

  validation {
    condition     = contains([2, 3], var.zone_count)
    error_message = "Two or three zones: load balancers and databases need two."
  }
}

variable "nat_gateways" {
  description = "How nodes reach the internet: not at all (none), through one gateway (single), or through one in each zone (per_zone)."
  type        = string
  default     = "single"

  validation {
    condition     = contains(["none", "single", "per_zone"], var.nat_gateways)
    error_message = "One of none, single, per_zone."
  }

  validation {
    condition = var.nat_gateways != "none" || length(setsubtract(
      ["athena", "ec2", "ecr.api", "ecr.dkr", "eks", "eks-auth", "glue", "kms", "logs", "sts"],
      var.interface_endpoints,
    )) == 0
    error_message = "Without NAT gateways, nodes and service need the interface endpoints athena, ec2, ecr.api, ecr.dkr, eks, eks-auth, glue, kms, logs and sts."
  }
}

variable "interface_endpoints" {
  description = "AWS services that are reached inside the network. Each costs by the hour and zone; S3 and DynamoDB are always reached inside, for nothing."
  type        = set(string)
  default     = []

  validation {
    condition = length(setsubtract(var.interface_endpoints, [
      "athena", "autoscaling", "bedrock-runtime", "ec2", "ecr.api", "ecr.dkr", "eks", "eks-auth",
      "elasticloadbalancing", "glue", "kms", "logs", "monitoring", "secretsmanager", "sts",
    ])) == 0
    error_message = "Known are athena, autoscaling, bedrock-runtime, ec2, ecr.api, ecr.dkr, eks, eks-auth, elasticloadbalancing, glue, kms, logs, monitoring, secretsmanager and sts."
  }
}

variable "flow_log_retention_days" {
  description = "Days for which the record of connections is kept."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 180, 365], var.flow_log_retention_days)
    error_message = "CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 180 or 365 days."
  }
}

variable "key_arn" {
  description = "KMS key that encrypts the record of connections."
  type        = string
}
