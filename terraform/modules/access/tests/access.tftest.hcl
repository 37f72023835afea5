mock_provider "aws" {
  source          = "../../testing"
  override_during = plan
}

variables {
  name               = "tabletalk-test"
  cluster            = { name = "tabletalk-test", arn = "arn:aws:eks:eu-central-1:111122223333:cluster/tabletalk-test" }
  bucket_arn         = "arn:aws:s3:::tabletalk-test"
  object_prefix      = "team/"
  database_prefix    = "tabletalk_test_"
  crawler_prefix     = "tabletalk_test_"
  crawler_role_arn   = "arn:aws:iam::111122223333:role/tabletalk-test-crawler"
  workgroup_prefix   = "tabletalk-test-"
  table_prefix       = "tabletalk-test-"
  database           = { resource_id = "db-ABC", user = "tabletalk" }
  bedrock_model_ids  = ["amazon.titan-embed-text-v2:0", "eu.anthropic.claude-sonnet-4-5-20250929-v1:0"]
  service_secret_arn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:tabletalk-test/service-AbCdEf"
  key_arn            = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000"
  workspaces_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000001"
}

run "names_everything_that_it_allows" {
  command = plan

  assert {
    condition = alltrue([
      for resource in flatten([for statement in flatten([
        for policy in concat(values(local.service_policies), [local.secrets_policy, local.operators_policy]) :
        jsondecode(policy).Statement
      ]) : statement.Resource]) :
      can(regex(join("|", [
        "tabletalk[-_]test", "dbuser:db-ABC/tabletalk$", "/00000000-0000-0000-0000-00000000000[01]$", ":catalog$",
        ":database/default$", ":datacatalog/AwsDataCatalog$", "/amazon\\.titan-", "/(eu\\.)?anthropic\\.claude-",
      ]), resource))
    ])
    error_message = "Every resource is the deployment's own, or one of the few that it shares by name."
  }

  assert {
    condition = alltrue([
      for action in flatten([for statement in flatten([
        for policy in concat(values(local.service_policies), [local.secrets_policy, local.operators_policy]) :
        jsondecode(policy).Statement
      ]) : statement.Action]) : !strcontains(action, "*")
    ])
    error_message = "No statement is for all actions of a kind."
  }

  assert {
    condition = alltrue([
      for statement in flatten([
        for policy in concat(values(local.service_policies), [local.secrets_policy, local.operators_policy]) :
        jsondecode(policy).Statement
      ]) : can(statement.Condition.StringEquals["kms:ViaService"])
      if anytrue([for action in flatten([statement.Action]) : startswith(action, "kms:")]) && statement.Resource == var.key_arn
    ])
    error_message = "The key is used through the service whose data it encrypts."
  }
}

run "opens_a_secret_for_whom_it_was_sealed_alone" {
  command = plan

  assert {
    condition     = [for statement in jsondecode(local.sealing_policy).Statement : statement.Resource] == [var.workspaces_key_arn]
    error_message = "There is one key for the secrets of workspaces, and it is for nothing else."
  }

  assert {
    condition     = jsondecode(local.sealing_policy).Statement[0].Action == ["kms:Decrypt", "kms:GenerateDataKey"]
    error_message = "Data keys are made and decrypted. The key itself encrypts nothing."
  }

  assert {
    condition = jsondecode(local.sealing_policy).Statement[0].Condition == {
      "ForAllValues:StringEquals" = {
        "kms:EncryptionContextKeys" = ["tabletalk:workspace", "tabletalk:kind", "tabletalk:id"]
      }
      StringEquals = { "kms:EncryptionContext:tabletalk:kind" = ["source", "tool", "trial"] }
      StringLike = {
        "kms:EncryptionContext:tabletalk:workspace" = "*"
        "kms:EncryptionContext:tabletalk:id"        = "*"
      }
    }
    error_message = "Every use says workspace, kind and row, and nothing more."
  }

  assert {
    condition = length([
      for name, policy in local.service_policies : name if strcontains(policy, var.workspaces_key_arn)
    ]) == 1 && !strcontains(local.secrets_policy, var.workspaces_key_arn) && !strcontains(local.operators_policy, var.workspaces_key_arn)
    error_message = "Neither External Secrets nor operators open them."
  }
}

run "stays_within_its_prefixes" {
  command = plan

  assert {
    condition     = jsondecode(local.files_policy).Statement[1].Resource == "arn:aws:s3:::tabletalk-test/team/*"
    error_message = "Files: below the prefix."
  }

  assert {
    condition     = jsondecode(local.queries_policy).Statement[0].Resource == "arn:aws:athena:eu-central-1:111122223333:workgroup/tabletalk-test-*"
    error_message = "Statements: in workgroups of the deployment."
  }

  assert {
    condition = jsondecode(local.state_policy).Statement[0].Resource == [
      "arn:aws:dynamodb:eu-central-1:111122223333:table/tabletalk-test-*",
      "arn:aws:dynamodb:eu-central-1:111122223333:table/tabletalk-test-*/index/*",
    ]
    error_message = "Items: tables of the deployment and their indexes."
  }

  assert {
    condition = alltrue([
      !strcontains(local.state_policy, "dynamodb:Scan"),
      strcontains(local.operators_policy, "dynamodb:Scan"),
    ])
    error_message = "Scans are for operators."
  }

  assert {
    condition     = strcontains(local.state_policy, "arn:aws:rds-db:eu-central-1:111122223333:dbuser:db-ABC/tabletalk")
    error_message = "Database: as its own user, not as the administrator."
  }

  assert {
    condition = anytrue([
      for statement in jsondecode(local.catalog_policy).Statement :
      statement.Resource == var.crawler_role_arn && statement.Condition.StringEquals["iam:PassedToService"] == "glue.amazonaws.com"
      if statement.Action == "iam:PassRole"
    ])
    error_message = "Only the crawlers' role may be given away, and only to Glue."
  }
}

run "calls_the_chosen_models_alone" {
  command = plan

  assert {
    condition = flatten([for statement in jsondecode(local.models_policy).Statement : statement.Resource]) == [
      "arn:aws:bedrock:eu-central-1::foundation-model/amazon.titan-embed-text-v2:0",
      "arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
      "arn:aws:bedrock:*::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0",
    ]
    error_message = "A model in this region, a profile, and the model behind it wherever the profile leads."
  }

  assert {
    condition = jsondecode(local.models_policy).Statement[2].Condition.StringEquals["bedrock:InferenceProfileArn"] == [
      "arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
    ]
    error_message = "Models of other regions are called through their profile alone."
  }
}

run "knows_no_model_where_none_is_chosen" {
  command = plan

  variables {
    bedrock_model_ids = []
  }

  assert {
    condition     = !contains(keys(output.service_policy_arns), "models")
    error_message = "Without a model there is no permission for one."
  }
}

run "passes_a_guardrail" {
  command = plan

  variables {
    bedrock_guardrail_id = "gr1"
  }

  assert {
    condition     = strcontains(local.models_policy, "arn:aws:bedrock:eu-central-1:111122223333:guardrail/gr1")
    error_message = "The guardrail may be applied."
  }
}

run "refuses_all_models_at_once" {
  command = plan

  variables {
    bedrock_model_ids = ["*"]
  }

  expect_failures = [var.bedrock_model_ids]
}
