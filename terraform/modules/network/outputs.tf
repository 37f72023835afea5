output "vpc_id" {
  description = "Id of the network."
  value       = aws_vpc.this.id
}

output "public_subnet_ids" {
  description = "Subnets of load balancers, one in each zone."
  value       = [for zone in local.zones : aws_subnet.public[zone].id]
}

output "private_subnet_ids" {
  description = "Subnets of nodes and pods, one in each zone."
  value       = [for zone in local.zones : aws_subnet.private[zone].id]
}

output "database_subnet_ids" {
  description = "Subnets of the database, one in each zone."
  value       = [for zone in local.zones : aws_subnet.database[zone].id]
}

output "safeguards" {
  description = "How many zones there are, and how many of them have a way out of their own."
  value       = { zones = length(local.zones), nat_gateways = length(aws_nat_gateway.this) }
}
