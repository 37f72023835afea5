mock_provider "aws" {
  source          = "../../testing"
  override_during = plan
}

variables {
  bucket  = "tabletalk-test"
  key_arn = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000"
}

run "is_closed_to_the_public_and_encrypted" {
  command = plan

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls,
      aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls,
      aws_s3_bucket_public_access_block.this.restrict_public_buckets,
      aws_s3_bucket_ownership_controls.this.rule[0].object_ownership == "BucketOwnerEnforced",
    ])
    error_message = "All four blocks of public access are on, and access lists are off."
  }

  assert {
    condition = alltrue([
      for rule in aws_s3_bucket_server_side_encryption_configuration.this.rule :
      rule.bucket_key_enabled && one(rule.apply_server_side_encryption_by_default).kms_master_key_id == var.key_arn
    ])
    error_message = "Objects are encrypted with the deployment's key."
  }

  assert {
    condition = alltrue([
      for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement : statement.Effect == "Deny" && statement.Principal == "*"
      ]) && anytrue([
      for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement : try(statement.Condition.Bool["aws:SecureTransport"], "") == "false"
    ])
    error_message = "The bucket's policy gives nobody anything, and refuses connections without TLS."
  }
}

run "can_undo_mistakes" {
  command = plan

  assert {
    condition = alltrue([
      aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled",
      !aws_s3_bucket.this.force_destroy,
    ])
    error_message = "Deleted and replaced objects can be restored, and a bucket with objects is not destroyed."
  }
}

run "tidies_up_after_itself" {
  command = plan

  assert {
    condition = one([
      for rule in aws_s3_bucket_lifecycle_configuration.this.rule : rule.abort_incomplete_multipart_upload[0].days_after_initiation
      if rule.id == "unfinished-uploads"
    ]) == 1
    error_message = "Parts of uploads that nobody will finish are removed after a day."
  }

  assert {
    condition = one([
      for rule in aws_s3_bucket_lifecycle_configuration.this.rule : "${rule.filter[0].prefix} ${rule.expiration[0].days}"
      if rule.id == "query-results"
    ]) == "athena-results/ 30"
    error_message = "Results of Athena, and nothing else, end after their time."
  }
}

run "lets_chosen_pages_use_presigned_addresses" {
  command = plan

  variables {
    allowed_origins = ["https://tabletalk.example.com"]
  }

  assert {
    condition = alltrue([
      for rule in aws_s3_bucket_cors_configuration.this[0].cors_rule :
      rule.allowed_origins == toset(["https://tabletalk.example.com"]) && contains(rule.expose_headers, "ETag")
    ])
    error_message = "The page reads the ETag of each part that it has sent."
  }
}

run "refuses_what_would_do_harm" {
  command = plan

  variables {
    bucket                 = "Not.A.Good.Name"
    query_results_prefix   = "no-slash"
    unfinished_upload_days = 0
    allowed_origins        = ["https://*"]
  }

  expect_failures = [var.bucket, var.query_results_prefix, var.unfinished_upload_days, var.allowed_origins]
}
