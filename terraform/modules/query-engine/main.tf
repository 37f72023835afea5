# The service makes a workgroup for each workspace, with a cutoff and a place for results of its own. This one is for the
# people who run it: what they ask beside the service is bounded too.
resource "aws_athena_workgroup" "operators" {
  name          = "${var.workgroup_prefix}operators"
  description   = "Statements of operators"
  force_destroy = var.force_destroy

  configuration {
    enforce_workgroup_configuration    = true
    publish_cloudwatch_metrics_enabled = true
    bytes_scanned_cutoff_per_query     = var.bytes_cutoff

    engine_version {
      selected_engine_version = "Athena engine version 3"
    }

    result_configuration {
      output_location       = "${var.results_location}operators/"
      expected_bucket_owner = var.account_id

      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = var.key_arn
      }
    }
  }
}
