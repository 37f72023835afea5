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

run "survives_mistakes_and_the_loss_of_a_zone" {
  command = plan

  assert {
    condition = alltrue([
      output.safeguards.database.deletion_protection,
      output.safeguards.items.deletion_protection,
      output.safeguards.cluster.deletion_protection,
    ])
    error_message = "Database, tables and cluster must refuse to be deleted."
  }

  assert {
    condition = alltrue([
      !output.safeguards.files.destroyed_with_objects,
      output.safeguards.files.versioning == "Enabled",
      output.safeguards.files.earlier_version_days == 30,
    ])
    error_message = "Files survive mistakes for 30 days."
  }

  assert {
    condition     = output.safeguards.items.recovery_days == 35
    error_message = "Tables can be restored to any second of 35 days."
  }

  assert {
    condition     = output.safeguards.database.two_zones && output.safeguards.database.backup_days == 35
    error_message = "The database stands in two zones and can be restored for 35 days."
  }

  assert {
    condition = alltrue([
      output.safeguards.network.zones == 3,
      output.safeguards.network.nat_gateways == 3,
      output.safeguards.cluster.minimum_nodes >= 3,
    ])
    error_message = "Every zone has its own way out and a node."
  }

  assert {
    condition     = output.settings.ATHENA_BYTES_CUTOFF == "1099511627776"
    error_message = "A statement scans 1 TiB at most."
  }

  assert {
    condition     = length(output.safeguards.cluster.public_access_cidrs) == 0
    error_message = "Unless addresses are chosen, the Kubernetes API is not on the internet."
  }

  assert {
    condition = alltrue([
      output.settings.DYNAMODB_TABLE_PREFIX == "tabletalk-production-",
      output.settings.ATHENA_WORKGROUP_PREFIX == "tabletalk-production-",
      output.settings.GLUE_DATABASE_PREFIX == "tabletalk_production_",
      module.tabletalk.kubernetes.secret_name == "tabletalk-production/service",
      output.kubernetes.cluster_name == "tabletalk-production",
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
