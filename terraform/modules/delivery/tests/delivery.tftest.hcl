mock_provider "aws" {
  source          = "../../testing"
  override_during = plan
}

variables {
  name               = "tabletalk-test"
  github_repository  = "example/tabletalk"
  github_environment = "test"
  repository_arn     = "arn:aws:ecr:eu-central-1:111122223333:repository/tabletalk-test"
  cluster            = { name = "tabletalk-test", arn = "arn:aws:eks:eu-central-1:111122223333:cluster/tabletalk-test" }
}

run "trusts_one_environment_of_one_repository" {
  command = plan

  assert {
    condition = alltrue([
      for role in [aws_iam_role.push, aws_iam_role.deploy] :
      jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals == {
        "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
        "token.actions.githubusercontent.com:sub" = "repo:example/tabletalk:environment:test"
      }
    ])
    error_message = "Neither forks nor pull requests nor other repositories get a role."
  }
}

run "pushes_to_one_repository_and_deploys_into_one_namespace" {
  command = plan

  assert {
    condition = alltrue([
      for statement in jsondecode(aws_iam_role_policy.push.policy).Statement :
      statement.Resource == var.repository_arn || statement.Action == "ecr:GetAuthorizationToken"
    ])
    error_message = "Images go to this repository alone."
  }

  assert {
    condition = alltrue([
      aws_eks_access_policy_association.deploy.access_scope[0].type == "namespace",
      aws_eks_access_policy_association.deploy.access_scope[0].namespaces == toset(["tabletalk"]),
    ])
    error_message = "Manifests go into the service's namespace alone."
  }
}

run "uses_the_identity_provider_that_is_there" {
  command = plan

  variables {
    github_provider_arn = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
  }

  assert {
    condition     = length(aws_iam_openid_connect_provider.github) == 0
    error_message = "An account has one identity provider of GitHub."
  }
}

run "refuses_all_repositories_of_an_owner" {
  command = plan

  variables {
    github_repository = "example/*"
  }

  expect_failures = [var.github_repository]
}
