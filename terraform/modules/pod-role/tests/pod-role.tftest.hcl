mock_provider "aws" {
  source          = "../../testing"
  override_during = plan
}

variables {
  name            = "tabletalk-test-service"
  namespace       = "tabletalk"
  service_account = "tabletalk"
  policies        = { files = jsonencode({ Version = "2012-10-17", Statement = [] }) }

  cluster = {
    name = "tabletalk-test"
    arn  = "arn:aws:eks:eu-central-1:111122223333:cluster/tabletalk-test"
    oidc_provider = {
      arn    = "arn:aws:iam::111122223333:oidc-provider/oidc.example.com/id/1"
      issuer = "oidc.example.com/id/1"
    }
  }
}

run "is_taken_by_one_service_account_of_one_cluster" {
  command = plan

  assert {
    condition = jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Condition.StringEquals == {
      "aws:RequestTag/eks-cluster-arn"            = "arn:aws:eks:eu-central-1:111122223333:cluster/tabletalk-test"
      "aws:RequestTag/kubernetes-namespace"       = "tabletalk"
      "aws:RequestTag/kubernetes-service-account" = "tabletalk"
    }
    error_message = "Pod Identity gives the role to this service account alone."
  }

  assert {
    condition = jsondecode(aws_iam_role.this.assume_role_policy).Statement[1].Condition.StringEquals == {
      "oidc.example.com/id/1:aud" = "sts.amazonaws.com"
      "oidc.example.com/id/1:sub" = "system:serviceaccount:tabletalk:tabletalk"
    }
    error_message = "IRSA gives the role to this service account alone."
  }

  assert {
    condition = alltrue([
      aws_eks_pod_identity_association.this.namespace == "tabletalk",
      aws_eks_pod_identity_association.this.service_account == "tabletalk",
    ])
    error_message = "The association needs no annotation in the manifests."
  }
}

run "does_without_irsa" {
  command = plan

  variables {
    cluster = { name = "tabletalk-test", arn = "arn:aws:eks:eu-central-1:111122223333:cluster/tabletalk-test" }
  }

  assert {
    condition     = length(jsondecode(aws_iam_role.this.assume_role_policy).Statement) == 1
    error_message = "Without an identity provider only Pod Identity gives the role."
  }
}

run "refuses_a_policy_that_iam_would_refuse" {
  command = plan

  variables {
    policies = { long = join("", [for number in range(1000) : "xxxxxxx"]) }
  }

  expect_failures = [aws_iam_policy.this]
}
