mock_provider "aws" {
  source          = "../../testing"
  override_during = plan
}

variables {
  name    = "tabletalk-test"
  key_arn = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000"
}

run "keeps_an_encrypted_place_that_is_never_public" {
  command = plan

  assert {
    condition = alltrue([
      aws_secretsmanager_secret.service.kms_key_id == var.key_arn,
      aws_secretsmanager_secret.service.recovery_window_in_days == 30,
    ])
    error_message = "The secret must be encrypted with the deployment's key and be restorable."
  }

  assert {
    condition     = aws_secretsmanager_secret_policy.service.block_public_policy
    error_message = "A policy that opens the secret to everybody must be refused."
  }
}

run "refuses_a_recovery_time_that_aws_does_not_know" {
  command = plan

  variables {
    recovery_days = 3
  }

  expect_failures = [var.recovery_days]
}
