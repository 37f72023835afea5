import { AthenaClient, type AthenaClientConfig, AthenaServiceException } from '@aws-sdk/client-athena';
import { clientOptions } from '../../aws/client-options.js';
import { QueryEngineUnavailable } from '../errors.js';

const limits = { maxSockets: 128, idleMs: 20_000, maxAttempts: 4 };

/** Where the SDK's default chain is not to be asked, as in tests. */
export type AthenaConnection = Pick<AthenaClientConfig, 'endpoint' | 'region' | 'credentials'>;

/** Region, credentials and endpoint are those of the SDK's default chain unless they are given. */
export function createAthenaClient(connection: AthenaConnection = {}): AthenaClient {
  return new AthenaClient({
    ...connection,
    ...clientOptions(limits),
  });
}

/** Athena wants to be asked more slowly, or has no room for one more statement. */
export function isThrottled(error: unknown): boolean {
  return isNamed(error, 'TooManyRequestsException', 'ThrottlingException');
}

/** The request itself is at fault, or names what is not there. */
export function isInvalidRequest(error: unknown): error is AthenaServiceException {
  return isNamed(error, 'InvalidRequestException');
}

/** The workgroup was deleted, or never made: Athena has no error of its own for that. */
export function isWithoutWorkgroup(error: unknown): boolean {
  return isInvalidRequest(error) && /workgroup .* (is not found|not exist)/i.test(error.message);
}

/** Athena did not answer, or not for good: the same request may succeed later. */
export function isPassing(error: unknown): boolean {
  const status = error instanceof AthenaServiceException ? error.$metadata.httpStatusCode : undefined;
  return isThrottled(error) || status === undefined || status >= 500;
}

/** What no statement is the reason of: Athena is away, or does not accept the service's credentials or requests. */
export function unavailable(error: unknown): QueryEngineUnavailable {
  return error instanceof QueryEngineUnavailable ? error : new QueryEngineUnavailable(error);
}

function isNamed(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof AthenaServiceException && names.includes(error.name);
}
