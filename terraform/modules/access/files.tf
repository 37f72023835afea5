locals {
  files_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        # On the whole bucket, which is this deployment's own: with a condition on the prefix S3 would answer 403 instead
        # of 404 for an object that is not there.
        Sid      = "Bucket"
        Effect   = "Allow"
        Action   = ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"]
        Resource = var.bucket_arn
      },
      {
        Sid    = "Objects"
        Effect = "Allow"
        Action = [
          "s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject",
        ]
        Resource = "${var.bucket_arn}/${var.object_prefix}*"
      },
      {
        Sid       = "KeyOfFiles"
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = var.key_arn
        Condition = { StringEquals = { "kms:ViaService" = "s3.${local.region}.amazonaws.com" } }
      },
    ]
  })
}
