mock_provider "aws" {
  source          = "../../testing"
  override_during = plan
}

variables {
  name        = "tabletalk-test"
  service_url = "https://tabletalk.example.com"
  key_arn     = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000"

  schedules = {
    slack  = { source_id = "src_01j8x0q0000000000000000000", expression = "cron(0 4 * * ? *)", time_zone = "Asia/Tokyo" }
    gitlab = { source_id = "src_01j8x0q0000000000000000001", expression = "rate(6 hours)", window_minutes = 0 }
    other  = { source_id = "src_01j8x0q0000000000000000002", expression = "rate(1 day)", mode = "full", workspace = "research" }
  }
}

run "tells_the_bus_when_a_source_is_due" {
  command = plan

  assert {
    condition = alltrue([
      aws_scheduler_schedule.source["slack"].schedule_expression == "cron(0 4 * * ? *)",
      aws_scheduler_schedule.source["slack"].schedule_expression_timezone == "Asia/Tokyo",
      aws_scheduler_schedule.source["gitlab"].schedule_expression_timezone == "UTC",
      aws_scheduler_schedule.source["slack"].state == "ENABLED",
    ])
    error_message = "Each source has its own times."
  }

  assert {
    condition = alltrue([
      aws_scheduler_schedule.source["slack"].flexible_time_window[0].mode == "FLEXIBLE",
      aws_scheduler_schedule.source["slack"].flexible_time_window[0].maximum_window_in_minutes == 15,
      aws_scheduler_schedule.source["gitlab"].flexible_time_window[0].mode == "OFF",
    ])
    error_message = "Unless told otherwise, syncs are spread over a quarter of an hour."
  }

  assert {
    condition = jsondecode(aws_scheduler_schedule.source["other"].target[0].input) == {
      workspace = "research"
      source_id = "src_01j8x0q0000000000000000002"
      mode      = "full"
    }
    error_message = "The event says which source is to be read, and how."
  }

  assert {
    condition = alltrue([
      for schedule in aws_scheduler_schedule.source : alltrue([
        schedule.target[0].arn == aws_cloudwatch_event_bus.this.arn,
        schedule.target[0].dead_letter_config[0].arn == aws_sqs_queue.undelivered.arn,
        schedule.target[0].retry_policy[0].maximum_event_age_in_seconds == 3600,
      ])
    ])
    error_message = "Every schedule tells this bus, tries again, and leaves behind what it could not tell."
  }
}

run "brings_it_to_the_service_with_the_token_of_the_workspace" {
  command = plan

  assert {
    condition     = toset(keys(aws_cloudwatch_event_target.sync)) == toset(["default", "research"])
    error_message = "Each workspace has its own token, and thus its own way."
  }

  assert {
    condition = alltrue([
      jsondecode(aws_cloudwatch_event_rule.due["research"].event_pattern).detail.workspace == ["research"],
      jsondecode(aws_cloudwatch_event_rule.due["research"].event_pattern).account == ["111122223333"],
      jsondecode(aws_cloudwatch_event_rule.due["research"].event_pattern).source[0] == aws_scheduler_schedule.source["other"].target[0].eventbridge_parameters[0].source,
      jsondecode(aws_cloudwatch_event_rule.due["research"].event_pattern).detail-type[0] == aws_scheduler_schedule.source["other"].target[0].eventbridge_parameters[0].detail_type,
    ])
    error_message = "A rule takes what the schedules of its workspace tell, and nothing else."
  }

  assert {
    condition = alltrue([
      for workspace, destination in aws_cloudwatch_event_api_destination.sync : alltrue([
        destination.invocation_endpoint == "https://tabletalk.example.com/api/v1/sources/*/sync",
        destination.http_method == "POST",
        aws_cloudwatch_event_target.sync[workspace].http_target[0].path_parameter_values == tolist(["$.detail.source_id"]),
        aws_cloudwatch_event_target.sync[workspace].input_transformer[0].input_paths == tomap({ mode = "$.detail.mode" }),
        aws_cloudwatch_event_target.sync[workspace].input_transformer[0].input_template == "{\"mode\": <mode>}",
        aws_cloudwatch_event_target.sync[workspace].event_bus_name == aws_cloudwatch_event_bus.this.name,
        aws_cloudwatch_event_target.sync[workspace].dead_letter_config[0].arn == aws_sqs_queue.undelivered.arn,
      ])
    ])
    error_message = "POST /sources/{source_id}/sync, with the mode in its body."
  }
}

run "never_sees_a_token" {
  command = plan

  assert {
    condition = alltrue([
      for connection in aws_cloudwatch_event_connection.service : alltrue([
        connection.authorization_type == "API_KEY",
        connection.auth_parameters[0].api_key[0].key == "Authorization",
        connection.auth_parameters[0].api_key[0].value == "Bearer to-be-replaced",
      ])
    ])
    error_message = "What stands in the state opens nothing."
  }

  assert {
    condition = alltrue([
      alltrue([for connection in aws_cloudwatch_event_connection.service : connection.kms_key_identifier == var.key_arn]),
      aws_sqs_queue.undelivered.kms_master_key_id == var.key_arn,
    ])
    error_message = "Tokens, and what could not be delivered, are encrypted with the deployment's key."
  }
}

run "gives_each_role_one_thing_to_do" {
  command = plan

  assert {
    condition = { for statement in jsondecode(aws_iam_role_policy.scheduler.policy).Statement : statement.Sid => statement.Resource } == {
      Tell            = aws_cloudwatch_event_bus.this.arn
      KeepUndelivered = aws_sqs_queue.undelivered.arn
      Encrypt         = var.key_arn
    }
    error_message = "Schedules tell this bus alone, and leave what they could not tell in this queue alone."
  }

  assert {
    condition = alltrue([
      jsondecode(aws_iam_role_policy.rule.policy).Statement[0].Action == "events:InvokeApiDestination",
      toset(jsondecode(aws_iam_role_policy.rule.policy).Statement[0].Resource) == toset([for destination in aws_cloudwatch_event_api_destination.sync : destination.arn]),
      length(jsondecode(aws_iam_role_policy.rule.policy).Statement) == 1,
    ])
    error_message = "Rules call these destinations alone."
  }

  assert {
    condition = alltrue([
      jsondecode(aws_iam_role.scheduler.assume_role_policy).Statement[0].Principal.Service == "scheduler.amazonaws.com",
      jsondecode(aws_iam_role.scheduler.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceArn"] == aws_scheduler_schedule_group.this.arn,
      jsondecode(aws_iam_role.rule.assume_role_policy).Statement[0].Principal.Service == "events.amazonaws.com",
      jsondecode(aws_iam_role.rule.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "111122223333",
      jsondecode(aws_sqs_queue_policy.undelivered.policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "111122223333",
    ])
    error_message = "Nobody else takes the roles or writes to the queue."
  }
}

run "pauses_what_is_paused" {
  command = plan

  variables {
    schedules = { slack = { source_id = "src_01j8x0q0000000000000000000", expression = "at(2027-01-31T04:00:00)", paused = true } }
  }

  assert {
    condition     = aws_scheduler_schedule.source["slack"].state == "DISABLED"
    error_message = "A paused schedule stays, and does nothing."
  }
}

run "refuses_another_id" {
  command = plan

  variables {
    schedules = { slack = { source_id = "../users", expression = "rate(6 hours)" } }
  }

  expect_failures = [var.schedules]
}

run "refuses_a_cron_expression_of_five_fields" {
  command = plan

  variables {
    schedules = { slack = { source_id = "src_01j8x0q0000000000000000000", expression = "cron(0 4 * * *)" } }
  }

  expect_failures = [var.schedules]
}

run "refuses_a_time_zone_window_mode_and_workspace_that_there_are_not" {
  command = plan

  variables {
    schedules = {
      zone      = { source_id = "src_01j8x0q0000000000000000000", expression = "rate(6 hours)", time_zone = "9 hours" }
      window    = { source_id = "src_01j8x0q0000000000000000000", expression = "rate(6 hours)", window_minutes = 1441 }
      mode      = { source_id = "src_01j8x0q0000000000000000000", expression = "rate(6 hours)", mode = "everything" }
      workspace = { source_id = "src_01j8x0q0000000000000000000", expression = "rate(6 hours)", workspace = "Our team" }
    }
  }

  expect_failures = [var.schedules]
}

run "refuses_a_service_without_encryption" {
  command = plan

  variables {
    service_url = "http://tabletalk.example.com"
  }

  expect_failures = [var.service_url]
}
