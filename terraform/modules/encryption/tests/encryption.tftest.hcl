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

run "is_for_connections_of_eventbridge_only_where_there_are_any" {
  command = plan

  assert {
    condition     = !contains(keys(aws_kms_key.this.tags), "EventBridgeApiDestinations")
    error_message = "Without connections, EventBridge's role has no use for the key."
  }
}

run "is_for_connections_of_eventbridge_where_there_are_some" {
  command = plan

  variables {
    api_destinations = true
  }

  assert {
    condition     = aws_kms_key.this.tags["EventBridgeApiDestinations"] == "true"
    error_message = "EventBridge uses keys with this tag alone."
  }
}

run "refuses_names_that_would_not_fit" {
  command = plan

  variables {
    name = "Tabletalk_Test"
  }

  expect_failures = [var.name]
}
