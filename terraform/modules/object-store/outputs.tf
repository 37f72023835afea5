output "bucket" {
  description = "Name of the bucket (S3_BUCKET)."
  value       = aws_s3_bucket.this.bucket
}

output "bucket_arn" {
  description = "ARN of the bucket."
  value       = aws_s3_bucket.this.arn
}

output "safeguards" {
  description = "What keeps the files."
  value = {
    destroyed_with_objects = aws_s3_bucket.this.force_destroy
    versioning             = aws_s3_bucket_versioning.this.versioning_configuration[0].status
    earlier_version_days   = var.earlier_version_days
  }
}
