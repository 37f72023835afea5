output "settings" {
  description = "Settings of the service: the data of its ConfigMap. None is secret."
  value       = module.tabletalk.settings
}

output "kubernetes" {
  description = "What the manifests and the tools of the cluster need to know."
  value       = module.tabletalk.kubernetes
}

output "delivery" {
  description = "Roles of the repository's workflows. Null where none deliver."
  value       = module.tabletalk.delivery
}

output "source_schedules" {
  description = "Connections of EventBridge that need a token of the service each, by workspace. Null where EventBridge reads no sources."
  value       = module.tabletalk.source_schedules
}

output "operators" {
  description = "For the people who run it: policies, workgroup, dashboard, and where the database's administrator is."
  value       = module.tabletalk.operators
}

output "safeguards" {
  description = "What keeps state and service when something goes wrong, as it was applied."
  value       = module.tabletalk.safeguards
}
