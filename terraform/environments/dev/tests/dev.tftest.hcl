mock_provider "aws" {
  source          = "../../testing"
  override_during = plan
}

variables {
  region         = "eu-central-1"
  account_id     = "111122223333"
  administrators = { operations = "arn:aws:iam::111122223333:role/Operations" }
  alarm_emails   = ["operations@example.com"]
}

run "goes_without_a_trace_and_costs_little" {
  command = plan

  assert {
    condition = alltrue([
      !output.safeguards.database.deletion_protection,
      !output.safeguards.items.deletion_protection,
      !output.safeguards.cluster.deletion_protection,
      output.safeguards.files.destroyed_with_objects,
    ])
    error_message = "Nothing stands in the way of destroying it."
  }

  assert {
    condition     = output.safeguards.network.nat_gateways == 1 && !output.safeguards.database.two_zones
    error_message = "One NAT gateway and one database instance are enough."
  }

  assert {
    condition     = output.safeguards.files.versioning == "Enabled" && output.safeguards.items.recovery_days == 7
    error_message = "A mistake can be undone here too."
  }

  assert {
    condition     = output.settings.ATHENA_BYTES_CUTOFF == "10737418240"
    error_message = "A statement scans 10 GiB at most."
  }

  assert {
    condition     = length(output.safeguards.cluster.public_access_cidrs) == 0
    error_message = "Unless addresses are chosen, the Kubernetes API is not on the internet."
  }

  assert {
    condition = alltrue([
      output.settings.DYNAMODB_TABLE_PREFIX == "tabletalk-dev-",
      output.settings.ATHENA_WORKGROUP_PREFIX == "tabletalk-dev-",
      output.settings.GLUE_DATABASE_PREFIX == "tabletalk_dev_",
      module.tabletalk.kubernetes.secret_name == "tabletalk-dev/service",
      output.kubernetes.cluster_name == "tabletalk-dev",
    ])
    error_message = "Every name begins with the environment's own prefix."
  }
}

run "refuses_another_account_and_region" {
  command = plan

  variables {
    account_id = "42"
    region     = "Frankfurt"
  }

  expect_failures = [var.account_id, var.region]
}
