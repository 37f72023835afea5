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

run "makes_a_key_for_the_secrets_of_workspaces" {
  command = plan

  assert {
    condition = alltrue([
      aws_kms_key.workspaces.enable_key_rotation,
      aws_kms_key.workspaces.deletion_window_in_days == 30,
      aws_kms_alias.workspaces.name == "alias/tabletalk-test-secrets",
    ])
    error_message = "The key must rotate, be deleted after as long a time as there is, and have a name."
  }

  assert {
    condition = [for statement in jsondecode(aws_kms_key.workspaces.policy).Statement : statement.Principal] == [
      { AWS = "arn:aws:iam::111122223333:root" },
    ]
    error_message = "Only this account may use the key, as its IAM policies say."
  }
}

run "refuses_a_deletion_that_leaves_no_time" {
  command = plan

  variables {
    deletion_window_days = 1
  }

  expect_failures = [var.deletion_window_days]
}

run "refuses_a_recovery_time_that_aws_does_not_know" {
  command = plan

  variables {
    recovery_days = 3
  }

  expect_failures = [var.recovery_days]
}
