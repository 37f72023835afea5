mock_provider "aws" {
  source = "../../testing"
}

variables {
  name    = "tabletalk-test"
  cidr    = "10.20.0.0/16"
  key_arn = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000"
}

run "keeps_nodes_and_database_off_the_internet" {
  assert {
    condition = alltrue([
      length(aws_subnet.private) == 3,
      length(aws_subnet.public) == 3,
      length(aws_subnet.database) == 3,
    ])
    error_message = "Each of three zones has a subnet of each kind."
  }

  assert {
    condition = alltrue([
      for subnet in concat(values(aws_subnet.private), values(aws_subnet.database), values(aws_subnet.public)) :
      subnet.map_public_ip_on_launch != true
    ])
    error_message = "Nothing gets a public address by itself."
  }

  assert {
    condition     = aws_route.internet.route_table_id == aws_route_table.public.id && length(aws_route.nat) == 3
    error_message = "Only public subnets have a route to the internet; private ones go through NAT, the database nowhere."
  }

  assert {
    condition     = length(distinct([for route in aws_route.nat : route.nat_gateway_id])) == 1
    error_message = "All zones share the single NAT gateway."
  }

  assert {
    condition     = try(length(aws_default_security_group.closed.ingress) + length(aws_default_security_group.closed.egress), 0) == 0
    error_message = "The default security group lets nothing through."
  }

  assert {
    condition = length(distinct(concat(
      [for subnet in aws_subnet.private : subnet.cidr_block],
      [for subnet in aws_subnet.public : subnet.cidr_block],
      [for subnet in aws_subnet.database : subnet.cidr_block],
    ))) == 9
    error_message = "Subnets must not share addresses."
  }
}

run "reaches_s3_and_dynamodb_inside_and_others_by_choice" {
  variables {
    interface_endpoints = ["glue", "sts"]
  }

  assert {
    condition     = toset(keys(aws_vpc_endpoint.gateway)) == toset(["dynamodb", "s3"])
    error_message = "The endpoints that cost nothing are always there."
  }

  assert {
    condition = alltrue([
      for endpoint in aws_vpc_endpoint.interface : endpoint.private_dns_enabled && endpoint.vpc_endpoint_type == "Interface"
    ])
    error_message = "Interface endpoints must answer under the ordinary names of the services."
  }

  assert {
    condition     = aws_vpc_endpoint.interface["glue"].service_name == "com.amazonaws.eu-central-1.glue"
    error_message = "Endpoints are those of the region."
  }

  assert {
    condition = alltrue([
      aws_vpc_security_group_ingress_rule.endpoints.cidr_ipv4 == var.cidr,
      aws_vpc_security_group_ingress_rule.endpoints.to_port == 443,
    ])
    error_message = "Endpoints take HTTPS from the network alone."
  }
}

run "survives_the_loss_of_a_zone" {
  variables {
    nat_gateways = "per_zone"
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 3
    error_message = "Each zone has a NAT gateway of its own."
  }
}

run "records_connections_encrypted_and_for_a_time" {
  assert {
    condition = alltrue([
      aws_flow_log.this.traffic_type == "ALL",
      aws_cloudwatch_log_group.flow.kms_key_id == var.key_arn,
      aws_cloudwatch_log_group.flow.retention_in_days == 30,
    ])
    error_message = "All connections are recorded, encrypted, and forgotten after the time that was chosen."
  }

  assert {
    condition     = !strcontains(aws_iam_role_policy.flow.policy, "\"*\"")
    error_message = "The record's role writes to its own log group alone."
  }
}

run "refuses_a_network_that_cannot_work" {
  command = plan

  variables {
    cidr         = "8.8.0.0/16"
    zone_count   = 1
    nat_gateways = "none"
  }

  expect_failures = [var.cidr, var.zone_count, var.nat_gateways]
}
