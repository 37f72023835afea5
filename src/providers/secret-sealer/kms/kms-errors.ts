import { KMSServiceException } from '@aws-sdk/client-kms';
import { SecretKeyRefused, SecretKeyUnusable, SecretsUnavailable } from '../errors.js';

/** What was to be decrypted was changed, or encrypted in another context or with another key. */
export const isUnreadable = isNamed('InvalidCiphertextException', 'IncorrectKeyException');

const isUnusable = isNamed(
  'DisabledException',
  'InvalidArnException',
  'InvalidKeyUsageException',
  'KMSInvalidStateException',
  'NotFoundException',
  'UnsupportedOperationException',
  'ValidationException',
);

/** Names that KMS gives with 400 to what is none of the caller's doing. */
const isPassing = isNamed('LimitExceededException', 'ThrottlingException');

/** What the port promises. KMS never sees a secret, so neither does the cause. */
export function translate(error: unknown): unknown {
  if (isUnreadable(error)) return error;
  if ((error as Error).name === 'CredentialsProviderError') return new SecretKeyRefused(error);
  if (isUnusable(error)) return new SecretKeyUnusable(error);
  const status = error instanceof KMSServiceException ? error.$metadata.httpStatusCode : undefined;
  const answered = status !== undefined && status < 500 && status !== 429 && !isPassing(error);
  return answered ? new SecretKeyRefused(error) : new SecretsUnavailable(error);
}

function isNamed(...names: readonly string[]): (error: unknown) => boolean {
  return (error) => error instanceof KMSServiceException && names.includes(error.name);
}
