import { problem } from '../../platform/errors/problem.js';

export class SecretsUnavailable extends problem({
  slug: 'secrets-unavailable',
  title: 'Secrets cannot be encrypted or decrypted now',
  status: 503,
  help: 'Try again in a moment; syncs do so by themselves. If it stays like this, the operator has to look after AWS KMS: `GET /health` says how it is.',
}) {
  constructor(cause?: unknown) {
    super('The service that encrypts secrets cannot be reached, or takes no more requests just now.', { cause });
  }
}

export class SecretKeyRefused extends problem({
  slug: 'secret-key-refused',
  title: 'The service may not use the key of its secrets',
  status: 503,
  help: 'The operator has to give the role of the service kms:GenerateDataKey and kms:Decrypt on the key in SECRETS_KMS_KEY_ID, in the role’s policy and in the key’s; docs/aws.md names the conditions. Secrets that are stored are not lost.',
}) {
  constructor(cause?: unknown) {
    super('AWS KMS does not let the service use the key with which secrets are encrypted.', { cause });
  }
}

export class SecretKeyUnusable extends problem({
  slug: 'secret-key-unusable',
  title: 'The key of secrets cannot be used',
  status: 503,
  help: 'The operator has to enable the key in AWS KMS again, cancel its deletion, or correct SECRETS_KMS_KEY_ID. Once the key is deleted, what was encrypted with it is lost and must be entered anew.',
}) {
  constructor(cause?: unknown) {
    super('The key with which secrets are encrypted is disabled, is about to be deleted, or is not there.', { cause });
  }
}
