mock_provider "aws" {
  source          = "../../testing"
  override_during = plan
}

variables {
  name                     = "tabletalk-test"
  instance_class           = "db.m7g.large"
  multi_az                 = true
  backup_days              = 35
  vpc_id                   = "vpc-1"
  subnet_ids               = ["subnet-1", "subnet-2"]
  client_security_group_id = "sg-nodes"
  key_arn                  = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000"
}

run "is_reached_by_the_cluster_alone_and_over_tls_alone" {
  command = plan

  assert {
    condition = alltrue([
      !aws_db_instance.this.publicly_accessible,
      aws_vpc_security_group_ingress_rule.this.referenced_security_group_id == "sg-nodes",
    ])
    error_message = "Only nodes and pods reach the database."
  }

  assert {
    condition     = one([for parameter in aws_db_parameter_group.this.parameter : parameter.value if parameter.name == "rds.force_ssl"]) == "1"
    error_message = "Connections without TLS must be refused."
  }

  assert {
    condition     = aws_db_parameter_group.this.family == "postgres17"
    error_message = "The parameters are those of the engine's version."
  }
}

run "has_no_password_of_ours" {
  command = plan

  assert {
    condition = alltrue([
      aws_db_instance.this.iam_database_authentication_enabled,
      aws_db_instance.this.manage_master_user_password,
      aws_db_instance.this.password == null,
    ])
    error_message = "The service signs in with IAM; RDS itself keeps the administrator's password."
  }

  assert {
    condition     = output.url == "postgres://tabletalk@tabletalk-test.abc.eu-central-1.rds.amazonaws.com:5432/tabletalk"
    error_message = "The address holds no password."
  }

  assert {
    condition     = output.administrator_secret_arn == "arn:aws:secretsmanager:eu-central-1:111122223333:secret:rds"
    error_message = "It says where the administrator's password is."
  }
}

run "keeps_what_it_holds" {
  command = plan

  assert {
    condition = alltrue([
      aws_db_instance.this.storage_encrypted,
      aws_db_instance.this.kms_key_id == var.key_arn,
      aws_db_instance.this.performance_insights_kms_key_id == var.key_arn,
    ])
    error_message = "Storage and insights are encrypted with the deployment's key."
  }

  assert {
    condition = alltrue([
      aws_db_instance.this.deletion_protection,
      !aws_db_instance.this.skip_final_snapshot,
      aws_db_instance.this.backup_retention_period == 35,
      aws_db_instance.this.multi_az,
    ])
    error_message = "It refuses to be deleted, leaves a snapshot, can be restored for 35 days, and survives a zone."
  }
}

run "goes_without_a_trace_where_it_may" {
  command = plan

  variables {
    deletion_protection = false
  }

  assert {
    condition     = aws_db_instance.this.skip_final_snapshot && aws_db_instance.this.delete_automated_backups
    error_message = "Nothing that costs money must stay behind."
  }
}

run "refuses_old_versions_and_foreign_processors" {
  command = plan

  variables {
    engine_version            = "15"
    instance_class            = "db.m7i.large"
    maximum_storage_gigabytes = 20
    service_user              = "administrator"
  }

  expect_failures = [var.engine_version, var.instance_class, var.maximum_storage_gigabytes, var.service_user]
}
