# Terraform makes the place of the token and never sees the token: whoever applies this puts it there (see the README). The
# provider has no write-only argument for it, so Terraform writes a value that opens nothing, and looks away from then on.
resource "aws_cloudwatch_event_connection" "service" {
  for_each = local.workspaces

  name               = "${var.name}-${each.key}"
  description        = "API token of ${var.name} for the workspace ${each.key}, with the scope sources:write"
  authorization_type = "API_KEY"
  kms_key_identifier = var.key_arn

  auth_parameters {
    api_key {
      key   = "Authorization"
      value = "Bearer to-be-replaced"
    }
  }

  lifecycle {
    ignore_changes = [auth_parameters]
  }
}

resource "aws_cloudwatch_event_api_destination" "sync" {
  for_each = local.workspaces

  name                             = "${var.name}-sync-${each.key}"
  description                      = "Asks ${var.name} to read a source"
  connection_arn                   = aws_cloudwatch_event_connection.service[each.key].arn
  http_method                      = "POST"
  invocation_endpoint              = "${var.service_url}/api/v1/sources/*/sync"
  invocation_rate_limit_per_second = 5
}

resource "aws_cloudwatch_event_rule" "due" {
  for_each = local.workspaces

  name           = "${var.name}-source-due-${each.key}"
  description    = "A source of the workspace ${each.key} is due"
  event_bus_name = aws_cloudwatch_event_bus.this.name

  event_pattern = jsonencode({
    account     = [local.account]
    source      = [local.event_source]
    detail-type = [local.detail_type]
    detail      = { workspace = [each.key] }
  })
}

resource "aws_cloudwatch_event_target" "sync" {
  for_each = local.workspaces

  rule           = aws_cloudwatch_event_rule.due[each.key].name
  event_bus_name = aws_cloudwatch_event_bus.this.name
  target_id      = "service"
  arn            = aws_cloudwatch_event_api_destination.sync[each.key].arn
  role_arn       = aws_iam_role.rule.arn

  http_target {
    path_parameter_values = ["$.detail.source_id"]
  }

  # Not by jsonencode, which escapes the brackets.
  input_transformer {
    input_paths    = { mode = "$.detail.mode" }
    input_template = "{\"mode\": <mode>}"
  }

  retry_policy {
    maximum_event_age_in_seconds = local.retries.age_seconds
    maximum_retry_attempts       = local.retries.attempts
  }

  dead_letter_config {
    arn = aws_sqs_queue.undelivered.arn
  }
}
