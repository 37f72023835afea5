import { saysContextTooLong } from '../context-overflow.js';
import {
  ModelAccessDenied,
  ModelAnswerTruncated,
  ModelContextTooLong,
  type ModelOrigin,
  type ModelProblem,
  ModelRequestInvalid,
  ModelThrottled,
  ModelUnavailable,
} from '../errors.js';
import { MalformedOutput } from './converse-events.js';

/** An error of the SDK, as far as it is known: a service exception, a socket's error, a damaged frame. */
interface SdkError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly $metadata?: {
    readonly requestId?: string;
    readonly httpStatusCode?: number;
    readonly clockSkewCorrected?: boolean;
  };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
  readonly originalStatusCode?: number;
}

interface CallOfBedrock {
  /** The answer had begun to arrive. */
  readonly streaming: boolean;
  /** Makes the service's words fit to be shown. */
  readonly said: (message: string) => string;
  /** What the credentials must allow. */
  readonly action?: string;
}

export function problemOf(
  error: unknown,
  model: ModelOrigin,
  { streaming, said, action = 'bedrock:InvokeModelWithResponseStream' }: CallOfBedrock,
): ModelProblem {
  const { name, message, code, $metadata, $response, originalStatusCode } = error as SdkError;
  const origin = {
    ...model,
    code: name === 'Error' ? code : name,
    requestId: $metadata?.requestId ?? model.requestId,
    retryAfterMs: retryAfterMs($response?.headers?.['retry-after']),
  };
  if (error instanceof MalformedOutput)
    return new ModelUnavailable(origin, `gave a malformed answer (${error.stopReason})`);
  if ($metadata?.clockSkewCorrected) return new ModelUnavailable(origin, 'refused a request dated by a wrong clock');
  switch (canonical(name)) {
    case 'ThrottlingException':
    case 'TooManyRequestsException':
    case 'ServiceQuotaExceededException':
      return new ModelThrottled(origin);
    case 'ValidationException':
      return saysContextTooLong(message)
        ? new ModelContextTooLong(origin)
        : new ModelRequestInvalid(origin, said(message));
    case 'ResourceNotFoundException':
      return new ModelRequestInvalid(origin, 'there is no such model or inference profile in this region.');
    case 'AccessDeniedException':
      return new ModelAccessDenied(
        origin,
        `the service’s credentials lack ${action} on it, or access to the model is not granted in this region.`,
      );
    case 'UnrecognizedClientException':
    case 'InvalidSignatureException':
    case 'ExpiredTokenException':
    case 'MissingAuthenticationTokenException':
      return new ModelAccessDenied(origin, 'AWS does not accept the service’s credentials.');
    case 'CredentialsProviderError':
    case 'TokenProviderError':
      return new ModelAccessDenied(origin, 'no AWS credentials were found.');
    case 'ModelErrorException':
    case 'ModelStreamErrorException':
      return originalStatusCode === 429
        ? new ModelThrottled(origin)
        : new ModelUnavailable(origin, 'failed while it answered');
    case 'ModelNotReadyException':
    case 'ModelTimeoutException':
    case 'ServiceUnavailableException':
    case 'InternalServerException':
      return new ModelUnavailable(origin, 'is not available at the moment');
  }
  const status = $metadata?.httpStatusCode;
  if (status !== undefined && status >= 400 && status < 500) return new ModelRequestInvalid(origin, said(message));
  if (streaming) return new ModelAnswerTruncated(origin);
  return new ModelUnavailable(origin, `cannot be reached (${code ?? name})`);
}

/** Exceptions inside an open stream begin with a small letter when the SDK does not know their kind. */
function canonical(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

function retryAfterMs(header: string | undefined): number | undefined {
  return header !== undefined && /^\d+$/.test(header) ? Number(header) * 1000 : undefined;
}
