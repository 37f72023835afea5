mock_provider "aws" {
  source          = "../../testing"
  override_during = plan
}

variables {
  name            = "tabletalk-test"
  database_prefix = "tabletalk_test_"
  bucket_arn      = "arn:aws:s3:::tabletalk-test"
  key_arn         = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000"
}

run "lets_crawlers_read_files_and_describe_them" {
  command = plan

  assert {
    condition     = !strcontains(aws_iam_role_policy.crawler.policy, "\"*\"")
    error_message = "Every permission names what it is for."
  }

  assert {
    condition = alltrue([
      for action in flatten([for statement in jsondecode(aws_iam_role_policy.crawler.policy).Statement : statement.Action]) :
      !can(regex("Put|Delete|\\*", action)) || action == "logs:PutLogEvents"
    ])
    error_message = "Crawlers change no file and delete no table."
  }

  assert {
    condition     = strcontains(aws_iam_role_policy.crawler.policy, "arn:aws:glue:eu-central-1:111122223333:database/tabletalk_test_*")
    error_message = "Crawlers work in the databases of their deployment."
  }

  assert {
    condition     = jsondecode(aws_iam_role.crawler.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "111122223333"
    error_message = "Glue takes the role on behalf of this account alone."
  }

  assert {
    condition     = length(aws_glue_data_catalog_encryption_settings.this) == 0
    error_message = "What concerns the whole account is not touched unless asked for."
  }
}

run "encrypts_the_catalog_of_the_account_when_asked" {
  command = plan

  variables {
    encrypt_account_catalog = true
  }

  assert {
    condition     = aws_glue_data_catalog_encryption_settings.this[0].data_catalog_encryption_settings[0].encryption_at_rest[0].sse_aws_kms_key_id == var.key_arn
    error_message = "The catalog is encrypted with the deployment's key."
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.crawler_catalog_key[0].policy).Statement[0].Resource == var.key_arn
    error_message = "Crawlers can then use the key."
  }
}

run "refuses_a_prefix_that_begins_another_deployments_names" {
  command = plan

  variables {
    database_prefix = "tabletalk"
  }

  expect_failures = [var.database_prefix]
}
