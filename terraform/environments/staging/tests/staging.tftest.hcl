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

run "has_the_protections_of_production" {
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
    condition     = output.safeguards.database.backup_days == 7 && output.safeguards.network.zones == 3
    error_message = "A week of backups; the zones of production."
  }

  assert {
    condition     = output.settings.ATHENA_BYTES_CUTOFF == "107374182400"
    error_message = "A statement scans 100 GiB at most."
  }

  assert {
    condition     = length(output.safeguards.cluster.public_access_cidrs) == 0
    error_message = "Unless addresses are chosen, the Kubernetes API is not on the internet."
  }

  assert {
    condition = alltrue([
      output.settings.DYNAMODB_TABLE_PREFIX == "tabletalk-staging-",
      output.settings.ATHENA_WORKGROUP_PREFIX == "tabletalk-staging-",
      output.settings.GLUE_DATABASE_PREFIX == "tabletalk_staging_",
      module.tabletalk.kubernetes.secret_name == "tabletalk-staging/service",
      output.kubernetes.cluster_name == "tabletalk-staging",
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
