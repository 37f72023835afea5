mock_provider "aws" {
  source          = "../../testing"
  override_during = plan
}

variables {
  table_prefix = "tabletalk-test-"
  key_arn      = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000"
}

run "protects_every_table" {
  command = plan

  assert {
    condition     = alltrue([for table in aws_dynamodb_table.this : table.deletion_protection_enabled])
    error_message = "Tables must refuse to be deleted."
  }

  assert {
    condition = alltrue([
      for table in aws_dynamodb_table.this :
      table.point_in_time_recovery[0].enabled && table.point_in_time_recovery[0].recovery_period_in_days == 35
    ])
    error_message = "Tables can be restored to any second of the last 35 days."
  }

  assert {
    condition = alltrue([
      for table in aws_dynamodb_table.this :
      table.server_side_encryption[0].kms_key_arn == var.key_arn
    ])
    error_message = "Tables are encrypted with the deployment's key."
  }

  assert {
    condition     = alltrue([for table in aws_dynamodb_table.this : table.billing_mode == "PAY_PER_REQUEST"])
    error_message = "Tables cost what is used of them."
  }
}

run "declares_exactly_the_attributes_that_are_keys" {
  command = plan

  assert {
    condition = alltrue([for table in aws_dynamodb_table.this :
      toset(table.attribute[*].name) == toset(compact(concat(
        [table.hash_key, table.range_key],
        flatten([for index in table.global_secondary_index : index.key_schema[*].attribute_name]),
      )))
    ])
    error_message = "DynamoDB refuses a table with an attribute that is no key, and with a key that is no attribute."
  }

  assert {
    condition = alltrue([
      for table in aws_dynamodb_table.this :
      can(regex("^tabletalk-test-[a-z_]{3,}$", table.name))
    ])
    error_message = "Names begin with the prefix."
  }
}

run "makes_the_tables_as_the_service_declares_them" {
  command = plan

  assert {
    condition = alltrue([
      aws_dynamodb_table.this["runs"].hash_key == "run",
      aws_dynamodb_table.this["runs"].range_key == null,
      toset(aws_dynamodb_table.this["runs"].global_secondary_index[*].name) == toset(["by_due", "by_workspace"]),
    ])
    error_message = "Runs are found by id, by what is due, and by workspace."
  }

  assert {
    condition = alltrue([
      aws_dynamodb_table.this["run_events"].ttl[0].attribute_name == "expires",
      aws_dynamodb_table.this["run_events"].ttl[0].enabled,
    ])
    error_message = "Events of runs expire."
  }

  assert {
    condition     = length(aws_dynamodb_table.this["conversations"].ttl) == 0
    error_message = "Conversations do not."
  }
}

run "lets_go_where_nothing_is_worth_keeping" {
  command = plan

  variables {
    deletion_protection = false
    recovery_days       = 7
  }

  assert {
    condition     = alltrue([for table in aws_dynamodb_table.this : !table.deletion_protection_enabled])
    error_message = "Without protection the tables can be destroyed."
  }
}

run "refuses_a_prefix_that_begins_another_deployments_names" {
  command = plan

  variables {
    table_prefix = "tabletalk"
  }

  expect_failures = [var.table_prefix]
}
