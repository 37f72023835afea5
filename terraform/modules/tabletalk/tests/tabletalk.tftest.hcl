mock_provider "aws" {
  source          = "../../testing"
  override_during = plan
}

variables {
  environment          = "test"
  protected            = true
  tags                 = { Deployment = "tabletalk-test" }
  network              = { cidr = "10.20.0.0/16", zone_count = 2, nat_gateways = "single" }
  cluster_access_cidrs = []
  administrators       = { operations = "arn:aws:iam::111122223333:role/Operations" }
  nodes                = { instance_types = ["m7g.large"], minimum = 2, maximum = 4 }
  database             = { instance_class = "db.t4g.small", multi_az = false, backup_days = 7 }
  query_bytes_cutoff   = 10737418240
  bedrock              = { model_id = "eu.anthropic.claude-sonnet-4-5-20250929-v1:0", guardrail_id = "abcdef123456", guardrail_version = "2" }
  domain               = "tabletalk.example.com"
  github_repository    = "example/tabletalk"
  alarm_emails         = ["operations@example.com"]
  monthly_budget_usd   = 400
}

run "gives_settings_and_manifests_their_values" {
  command = plan

  assert {
    condition = alltrue([
      output.settings.PROVIDERS == "aws",
      output.settings.AWS_REGION == "eu-central-1",
      output.settings.S3_BUCKET == "tabletalk-test-111122223333-eu-central-1",
      output.settings.S3_PREFIX == "",
      output.settings.S3_KMS_KEY_ID == "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000",
      output.settings.SECRETS_KMS_KEY_ID == "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000",
      output.settings.GLUE_CRAWLER_ROLE_ARN == "arn:aws:iam::111122223333:role/made-up",
      output.settings.GLUE_DATABASE_PREFIX == "tabletalk_test_",
      output.settings.ATHENA_WORKGROUP_PREFIX == "tabletalk-test-",
      output.settings.ATHENA_OUTPUT_PREFIX == "athena-results/",
      output.settings.ATHENA_BYTES_CUTOFF == "10737418240",
      output.settings.QUERY_PRICE_PER_TB == "5",
      output.settings.QUERY_RESULT_DAYS == "30",
      output.settings.DYNAMODB_TABLE_PREFIX == "tabletalk-test-",
      output.settings.DATABASE_URL == "postgres://tabletalk@tabletalk-test.abc.eu-central-1.rds.amazonaws.com:5432/tabletalk",
      output.settings.DATABASE_IAM_AUTHENTICATION == "true",
      output.settings.DATABASE_TLS == "verify",
      output.settings.LANGUAGE_MODEL == "bedrock",
      output.settings.BEDROCK_GUARDRAIL_ID == "abcdef123456",
      output.settings.BEDROCK_GUARDRAIL_VERSION == "2",
      output.settings.BEDROCK_MODEL_ID == "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
      output.settings.PUBLIC_URL == "https://tabletalk.example.com",
    ])
    error_message = "The settings say where everything is."
  }

  assert {
    condition     = alltrue([for value in values(output.settings) : can(tostring(value))])
    error_message = "Values of a ConfigMap are texts."
  }

  assert {
    condition     = length(setintersection(keys(output.settings), ["MASTER_KEY", "OWNER_PASSWORD", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])) == 0
    error_message = "None of them is secret."
  }

  assert {
    condition = alltrue([
      output.kubernetes.image == "111122223333.dkr.ecr.eu-central-1.amazonaws.com/tabletalk-test",
      output.kubernetes.secret_name == "tabletalk-test/service",
      output.kubernetes.service_role_arn != null,
      output.delivery.deploy_role_arn != null,
    ])
    error_message = "Image, secret and roles are named."
  }
}

run "leaves_out_what_is_not_used" {
  command = plan

  variables {
    bedrock           = {}
    domain            = null
    github_repository = null
  }

  assert {
    condition = alltrue([
      !contains(keys(output.settings), "BEDROCK_MODEL_ID"),
      !contains(keys(output.settings), "PUBLIC_URL"),
    ])
    error_message = "There is no setting for what is not used."
  }

  assert {
    condition     = output.delivery == null && output.kubernetes.certificate_arn == null
    error_message = "Nor roles and certificates."
  }
}

run "has_no_sources_read_by_eventbridge_unless_asked" {
  command = plan

  assert {
    condition     = length(module.source_schedules) == 0 && output.source_schedules == null
    error_message = "The service has schedules of its own."
  }
}

run "has_sources_read_by_eventbridge_where_asked" {
  command = plan

  variables {
    source_schedules = { slack = { source_id = "src_01j8x0q0000000000000000000", expression = "rate(6 hours)" } }
  }

  assert {
    condition     = output.source_schedules == { default = "tabletalk-test-default" }
    error_message = "It is told which connection needs a token."
  }
}

run "refuses_schedules_that_would_reach_nobody" {
  command = plan

  variables {
    domain           = null
    source_schedules = { slack = { source_id = "src_01j8x0q0000000000000000000", expression = "rate(6 hours)" } }
  }

  expect_failures = [var.source_schedules]
}

run "refuses_costs_that_the_budget_cannot_see" {
  command = plan

  variables {
    tags = { Deployment = "another" }
  }

  expect_failures = [var.tags]
}
