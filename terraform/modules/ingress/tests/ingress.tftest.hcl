mock_provider "aws" {
  source          = "../../testing"
  override_during = plan
}

variables {
  name    = "tabletalk-test"
  vpc_id  = "vpc-1"
  cluster = { name = "tabletalk-test", arn = "arn:aws:eks:eu-central-1:111122223333:cluster/tabletalk-test" }
}

run "lets_the_controller_change_what_it_has_made" {
  command = plan

  assert {
    condition = alltrue([
      for action in jsondecode(local.find_policy).Statement[0].Action : can(regex("^[a-z0-9]+:(Describe|Get|List)", action))
    ])
    error_message = "What is for all resources only looks."
  }

  assert {
    condition     = !strcontains(local.network_policy, "\"*\"") && !strcontains(local.balance_policy, "\"*\"")
    error_message = "What changes something names what it changes."
  }

  assert {
    condition = alltrue([
      for statement in jsondecode(local.balance_policy).Statement : can(statement.Condition) || statement.Sid == "Listeners"
    ])
    error_message = "Load balancers and target groups of others are out of its reach."
  }

  assert {
    condition     = length(aws_acm_certificate.this) == 0 && output.certificate_arn == null
    error_message = "Without a host name there is no certificate."
  }
}

run "makes_a_certificate_for_a_host_name" {
  command = plan

  variables {
    domain = "tabletalk.example.com"
  }

  assert {
    condition = alltrue([
      aws_acm_certificate.this[0].domain_name == "tabletalk.example.com",
      aws_acm_certificate.this[0].validation_method == "DNS",
    ])
    error_message = "The certificate is for the host name."
  }
}

run "refuses_a_zone_without_a_host_name" {
  command = plan

  variables {
    zone_id = "Z1"
  }

  expect_failures = [var.zone_id]
}
