output "crawler_role_arn" {
  description = "Role of the crawlers (GLUE_CRAWLER_ROLE_ARN)."
  value       = aws_iam_role.crawler.arn
}
