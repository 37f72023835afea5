resource "aws_iam_role" "scheduler" {
  name        = "${var.name}-source-schedules"
  description = "EventBridge Scheduler: tell the bus of ${var.name} that a source is due"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = {
        "aws:SourceAccount" = local.account
        "aws:SourceArn"     = aws_scheduler_schedule_group.this.arn
      } }
    }]
  })
}

resource "aws_iam_role_policy" "scheduler" {
  name = "tell"
  role = aws_iam_role.scheduler.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Tell", Effect = "Allow", Action = "events:PutEvents", Resource = aws_cloudwatch_event_bus.this.arn },
      { Sid = "KeepUndelivered", Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.undelivered.arn },
      {
        Sid       = "Encrypt"
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = var.key_arn
        Condition = { StringLike = { "kms:ViaService" = "sqs.*.amazonaws.com" } }
      },
    ]
  })
}

resource "aws_iam_role" "rule" {
  name        = "${var.name}-source-due"
  description = "EventBridge: ask ${var.name} to read a source"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnEquals    = { "aws:SourceArn" = [for rule in aws_cloudwatch_event_rule.due : rule.arn] }
      }
    }]
  })
}

resource "aws_iam_role_policy" "rule" {
  name = "ask"
  role = aws_iam_role.rule.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "events:InvokeApiDestination"
      Resource = [for destination in aws_cloudwatch_event_api_destination.sync : destination.arn]
    }]
  })
}
