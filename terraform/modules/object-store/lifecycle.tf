resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    id     = "unfinished-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = var.unfinished_upload_days
    }
  }

  rule {
    id     = "query-results"
    status = "Enabled"

    filter {
      prefix = var.query_results_prefix
    }

    expiration {
      days = var.query_result_days
    }

    # Results can be made again: nobody restores an earlier version.
    noncurrent_version_expiration {
      noncurrent_days = 1
    }
  }

  rule {
    id     = "earlier-versions"
    status = "Enabled"

    filter {}

    expiration {
      expired_object_delete_marker = true
    }

    noncurrent_version_expiration {
      noncurrent_days = var.earlier_version_days
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}
