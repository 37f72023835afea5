variable "name" {
  description = "Name of the repository."
  type        = string
}

variable "key_arn" {
  description = "KMS key that encrypts the images."
  type        = string
}

variable "kept_images" {
  description = "Images that are kept, the newest first: as many as one may want to roll back by."
  type        = number
  default     = 50

  validation {
    condition     = var.kept_images >= 5 && var.kept_images <= 1000
    error_message = "Keep 5 to 1000 images."
  }
}

variable "force_destroy" {
  description = "Whether `terraform destroy` also removes the images."
  type        = bool
  default     = false
}
