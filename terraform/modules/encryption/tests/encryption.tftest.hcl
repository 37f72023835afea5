mock_provider "aws" {
  source          = "../../testing"
  override_during = plan
}

variables {
  name = "tabletalk-test"
}

run "renews_its_key_and_lets_only_this_account_use_it" {
  command = plan

  assert {
    condition     = aws_kms_key.this.enable_key_rotation && aws_kms_key.this.deletion_window_in_days == 30
    error_message = "The key must rotate, and be deleted after as long a time as there is."
  }

  assert {
    condition = alltrue([
      for statement in jsondecode(aws_kms_key.this.policy).Statement :
      try(statement.Principal.AWS == "arn:aws:iam::111122223333:root", false) || can(statement.Condition)
    ])
    error_message = "Services may use the key under a condition only."
  }
}

run "refuses_names_that_would_not_fit" {
  command = plan

  variables {
    name = "Tabletalk_Test"
  }

  expect_failures = [var.name]
}
