import { GlueServiceException } from '@aws-sdk/client-glue';
import { CatalogUnavailable } from '../errors.js';

/** The database, table or crawler is not there. */
export const isAbsent = isNamed('EntityNotFoundException');

/** The database, table or crawler is there already. */
export const isPresent = isNamed('AlreadyExistsException');

/** Somebody else has changed the table since it was read. */
export const isChangedMeanwhile = isNamed('ConcurrentModificationException', 'VersionMismatchException');

export const isCrawlerRunning = isNamed('CrawlerRunningException');

/** The crawler is at rest, or about to be. */
export const isCrawlerEnding = isNamed('CrawlerNotRunningException', 'CrawlerStoppingException');

/** Names that Glue gives with 400 to what is none of the caller's doing. */
const isPassing = isNamed('ThrottlingException', 'OperationTimeoutException', 'ConcurrentRunsExceededException');

/** What the port promises where Glue throttles, is down or out of reach; what Glue has answered otherwise, as it is. */
export function translate(error: unknown): unknown {
  if ((error as Error).name === 'AbortError') return error;
  const status = error instanceof GlueServiceException ? error.$metadata.httpStatusCode : undefined;
  const answered = status !== undefined && status < 500 && !isPassing(error);
  return answered ? error : new CatalogUnavailable(error);
}

function isNamed(...names: readonly string[]): (error: unknown) => boolean {
  return (error) => error instanceof GlueServiceException && names.includes(error.name);
}
