mock_provider "aws" {
  source          = "../../testing"
  override_during = plan
}

variables {
  name               = "tabletalk-test"
  emails             = ["operations@example.com"]
  monthly_budget_usd = 400
  database           = { identifier = "tabletalk-test", connections = 80 }
  table_names        = ["tabletalk-test-runs", "tabletalk-test-messages"]
  bedrock_model_ids  = ["amazon.titan-embed-text-v2:0"]
  crawler_prefix     = "tabletalk_test_"
  workgroup_prefix   = "tabletalk-test-"
  cluster_name       = "tabletalk-test"
  key_arn            = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000"
}

run "tells_somebody_about_every_alarm" {
  command = plan

  assert {
    condition = alltrue([
      for alarm in aws_cloudwatch_metric_alarm.this :
      alarm.alarm_actions == toset([aws_sns_topic.alarms.arn])
    ])
    error_message = "An alarm that reaches nobody is none."
  }

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.this) == 4 + 2 * 2 + 2 + 3
    error_message = "Database, each table, each model, and the pods are watched."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["runs-readthrottleevents"].dimensions["TableName"] == "tabletalk-test-runs"
    error_message = "Each alarm is about a table that there is."
  }

  assert {
    condition = alltrue([
      aws_sns_topic.alarms.kms_master_key_id == var.key_arn,
      !strcontains(aws_sns_topic_policy.alarms.policy, "\"*\""),
    ])
    error_message = "The topic is encrypted, and its policy names who may write to it."
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.crawler_failed.event_pattern).detail.crawlerName[0].prefix == "tabletalk_test_"
    error_message = "Crawlers of other deployments are none of our business."
  }
}

run "draws_a_dashboard" {
  command = plan

  assert {
    condition     = length(jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets) == 9
    error_message = "Every graph has its place."
  }

  assert {
    condition = alltrue([
      for widget in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets :
      length(widget.properties.metrics) > 0
    ])
    error_message = "Every graph shows something."
  }
}

run "warns_before_the_money_is_spent" {
  command = plan

  assert {
    condition     = toset([for notice in aws_budgets_budget.monthly.notification : "${notice.notification_type} ${notice.threshold}"]) == toset(["ACTUAL 80", "FORECASTED 100"])
    error_message = "At 80 percent spent, and when more than all is forecast."
  }

  assert {
    condition = alltrue([
      for filter in aws_budgets_budget.monthly.cost_filter :
      one(filter.values) == "user:Deployment$tabletalk-test"
    ])
    error_message = "The budget counts this deployment alone."
  }
}

run "does_without_metrics_of_pods" {
  command = plan

  variables {
    container_insights = false
  }

  assert {
    condition     = !contains(keys(aws_cloudwatch_metric_alarm.this), "pods-running")
    error_message = "Without Container Insights there is nothing to watch pods by."
  }
}

run "watches_schedules_of_sources" {
  command = plan

  variables {
    source_schedules = {
      queue_name = "tabletalk-test-source-schedules-undelivered"
      bus_name   = "tabletalk-test-source-schedules"
      rule_names = ["tabletalk-test-source-due-default"]
      group_name = "tabletalk-test-sources"
    }
  }

  assert {
    condition = alltrue([
      aws_cloudwatch_metric_alarm.this["source-schedules-undelivered"].dimensions == tomap({ QueueName = "tabletalk-test-source-schedules-undelivered" }),
      aws_cloudwatch_metric_alarm.this["source-schedules-target-errors"].dimensions == tomap({ ScheduleGroup = "tabletalk-test-sources" }),
      aws_cloudwatch_metric_alarm.this["source-due-default-failed"].dimensions == tomap({ EventBusName = "tabletalk-test-source-schedules", RuleName = "tabletalk-test-source-due-default" }),
    ])
    error_message = "Somebody hears of sources that are not read."
  }
}

run "refuses_alarms_for_nobody" {
  command = plan

  variables {
    emails = []
  }

  expect_failures = [var.emails]
}
