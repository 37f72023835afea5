locals {
  geography = "/^(global|us-gov|us|eu|apac|jp|au|ca)\\./"

  profile_ids    = [for id in var.bedrock_model_ids : id if replace(id, local.geography, "") != id]
  foundation_ids = [for id in var.bedrock_model_ids : id if replace(id, local.geography, "") == id]
  invoke         = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"]
  bedrock        = "arn:${local.partition}:bedrock:${local.region}"

  profile_arns = [for id in local.profile_ids : "${local.bedrock}:${local.account}:inference-profile/${id}"]

  models_policy = jsonencode({
    Version = "2012-10-17"
    Statement = flatten([
      [for ids in length(local.foundation_ids) > 0 ? [local.foundation_ids] : [] : {
        Sid      = "ModelsOfThisRegion"
        Effect   = "Allow"
        Action   = local.invoke
        Resource = [for id in ids : "${local.bedrock}::foundation-model/${id}"]
      }],
      [for arns in length(local.profile_arns) > 0 ? [local.profile_arns] : [] : {
        Sid      = "InferenceProfiles"
        Effect   = "Allow"
        Action   = local.invoke
        Resource = arns
      }],
      # A profile answers from any region of its geography; its models may be called through it alone.
      [for arns in length(local.profile_arns) > 0 ? [local.profile_arns] : [] : {
        Sid       = "ModelsBehindProfiles"
        Effect    = "Allow"
        Action    = local.invoke
        Resource  = [for id in local.profile_ids : "arn:${local.partition}:bedrock:*::foundation-model/${replace(id, local.geography, "")}"]
        Condition = { StringEquals = { "bedrock:InferenceProfileArn" = arns } }
      }],
      [for id in var.bedrock_guardrail_id[*] : {
        Sid      = "Guardrail"
        Effect   = "Allow"
        Action   = "bedrock:ApplyGuardrail"
        Resource = "${local.bedrock}:${local.account}:guardrail/${id}"
      }],
    ])
  })
}
