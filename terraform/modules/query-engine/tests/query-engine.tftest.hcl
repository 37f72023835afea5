mock_provider "aws" {
  source          = "../../testing"
  override_during = plan
}

variables {
  workgroup_prefix = "tabletalk-test-"
  bytes_cutoff     = 10737418240
  results_location = "s3://tabletalk-test/athena-results/"
  account_id       = "111122223333"
  key_arn          = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000"
}

run "bounds_what_a_statement_may_cost" {
  command = plan

  assert {
    condition = alltrue([
      aws_athena_workgroup.operators.configuration[0].enforce_workgroup_configuration,
      aws_athena_workgroup.operators.configuration[0].bytes_scanned_cutoff_per_query == 10737418240,
    ])
    error_message = "No statement scans more than the cutoff, whatever its author asks for."
  }

  assert {
    condition     = aws_athena_workgroup.operators.name == "tabletalk-test-operators"
    error_message = "The workgroup's name begins with the prefix."
  }
}

run "encrypts_results_and_keeps_them_in_the_account" {
  command = plan

  assert {
    condition = alltrue([
      for result in aws_athena_workgroup.operators.configuration[0].result_configuration :
      result.expected_bucket_owner == "111122223333" && result.encryption_configuration[0].kms_key_arn == var.key_arn
    ])
    error_message = "Results are encrypted with the deployment's key, in a bucket of this account."
  }
}

run "refuses_no_cutoff_at_all" {
  command = plan

  variables {
    bytes_cutoff     = 0
    workgroup_prefix = "tabletalk"
    results_location = "tabletalk-test"
  }

  expect_failures = [var.bytes_cutoff, var.workgroup_prefix, var.results_location]
}
