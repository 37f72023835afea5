data "aws_caller_identity" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id

  event_source = "tabletalk.source-schedules"
  detail_type  = "Source Sync Due"

  # A token is good for one workspace.
  workspaces = toset([for schedule in values(var.schedules) : schedule.workspace])

  # What is late is asked for by the next time anyway.
  retries = { age_seconds = 3600, attempts = 20 }
}

# Schedules cannot call addresses: they put an event, and a rule brings it to the service.
resource "aws_cloudwatch_event_bus" "this" {
  name        = "${var.name}-source-schedules"
  description = "Sources of ${var.name} that are due: ids of sources, nothing secret"
}

resource "aws_scheduler_schedule_group" "this" {
  name = "${var.name}-sources"
}

resource "aws_scheduler_schedule" "source" {
  for_each = var.schedules

  name                         = each.key
  group_name                   = aws_scheduler_schedule_group.this.name
  description                  = "When the source ${each.value.source_id} is read"
  schedule_expression          = each.value.expression
  schedule_expression_timezone = each.value.time_zone
  state                        = each.value.paused ? "DISABLED" : "ENABLED"

  flexible_time_window {
    mode                      = each.value.window_minutes == 0 ? "OFF" : "FLEXIBLE"
    maximum_window_in_minutes = each.value.window_minutes == 0 ? null : each.value.window_minutes
  }

  target {
    arn      = aws_cloudwatch_event_bus.this.arn
    role_arn = aws_iam_role.scheduler.arn
    input    = jsonencode({ workspace = each.value.workspace, source_id = each.value.source_id, mode = each.value.mode })

    eventbridge_parameters {
      source      = local.event_source
      detail_type = local.detail_type
    }

    retry_policy {
      maximum_event_age_in_seconds = local.retries.age_seconds
      maximum_retry_attempts       = local.retries.attempts
    }

    dead_letter_config {
      arn = aws_sqs_queue.undelivered.arn
    }
  }

  depends_on = [aws_iam_role_policy.scheduler]
}

# What could not be asked for is kept here, with the reason.
resource "aws_sqs_queue" "undelivered" {
  name                      = "${var.name}-source-schedules-undelivered"
  message_retention_seconds = 14 * 86400
  kms_master_key_id         = var.key_arn
}

resource "aws_sqs_queue_policy" "undelivered" {
  queue_url = aws_sqs_queue.undelivered.url

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "RulesOfThisBus"
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.undelivered.arn
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnEquals    = { "aws:SourceArn" = [for rule in aws_cloudwatch_event_rule.due : rule.arn] }
      }
    }]
  })
}
