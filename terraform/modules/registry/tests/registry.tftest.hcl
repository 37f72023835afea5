mock_provider "aws" {
  source          = "../../testing"
  override_during = plan
}

variables {
  name    = "tabletalk-test"
  key_arn = "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000"
}

run "keeps_images_as_they_were_pushed" {
  command = plan

  assert {
    condition     = aws_ecr_repository.this.image_tag_mutability == "IMMUTABLE" && !aws_ecr_repository.this.force_delete
    error_message = "A tag always means the same image, and images are not deleted along with the repository."
  }

  assert {
    condition = alltrue([
      aws_ecr_repository.this.image_scanning_configuration[0].scan_on_push,
      aws_ecr_repository.this.encryption_configuration[0].kms_key == var.key_arn,
    ])
    error_message = "Images are scanned when they arrive, and encrypted."
  }

  assert {
    condition     = [for rule in jsondecode(aws_ecr_lifecycle_policy.this.policy).rules : rule.rulePriority] == [1, 2]
    error_message = "What has no tag goes first, then the oldest images."
  }
}

run "refuses_to_keep_too_few_to_roll_back" {
  command = plan

  variables {
    kept_images = 1
  }

  expect_failures = [var.kept_images]
}
