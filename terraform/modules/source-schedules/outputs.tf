output "connections" {
  description = "Names of the connections that need a token each, by workspace."
  value       = { for workspace, connection in aws_cloudwatch_event_connection.service : workspace => connection.name }
}

output "watched" {
  description = "What alarms are raised by: the queue of what could not be delivered, the bus, its rules, and the group of the schedules."
  value = {
    queue_name = aws_sqs_queue.undelivered.name
    bus_name   = aws_cloudwatch_event_bus.this.name
    rule_names = [for rule in aws_cloudwatch_event_rule.due : rule.name]
    group_name = aws_scheduler_schedule_group.this.name
  }
}
