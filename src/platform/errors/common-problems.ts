import { problem, type ProblemPart } from './problem.js';

export class InvalidRequest extends problem({
  slug: 'invalid-request',
  title: 'The request is not valid',
  status: 400,
  help: 'Each entry of "errors" points at one field and says what is expected there. /docs shows every request with an example.',
}) {
  constructor(errors: readonly ProblemPart[], detail?: string) {
    super(detail ?? errors.map(({ pointer, detail: each }) => `${pointer}: ${each}`).join('; '), { errors });
  }
}

export class MalformedJson extends problem({
  slug: 'malformed-json',
  title: 'The body is not valid JSON',
  status: 400,
  help: 'Send a JSON document in UTF-8 with the header Content-Type: application/json.',
}) {}

export class RouteNotFound extends problem({
  slug: 'route-not-found',
  title: 'There is nothing at this address',
  status: 404,
  help: 'Every call of the API is listed at /docs.',
}) {
  constructor(method: string, path: string) {
    super(`There is no ${method} ${path}.`);
  }
}

export class BodyTooLarge extends problem({
  slug: 'body-too-large',
  title: 'The body is too large',
  status: 413,
  help: 'Files go to POST /api/v1/uploads, which takes large bodies; all other calls take small JSON documents.',
}) {}

export class UnsupportedMediaType extends problem({
  slug: 'unsupported-media-type',
  title: 'The body has a content type that this call does not take',
  status: 415,
  help: 'Most calls take application/json. Uploads take multipart/form-data, text/csv, text/tab-separated-values and application/gzip.',
}) {}

export class TooManyRequests extends problem({
  slug: 'too-many-requests',
  title: 'Too many requests',
  status: 429,
  help: 'Wait for the number of seconds in Retry-After, then try again.',
}) {
  constructor(detail: string, headers: Readonly<Record<string, string>>) {
    super(detail, { headers });
  }
}

export class RequestRefused extends problem({
  slug: 'request-refused',
  title: 'The request was refused',
  status: 400,
  help: 'The detail says what is wrong with the request.',
}) {}

export class InternalError extends problem({
  slug: 'internal-error',
  title: 'Something went wrong on our side',
  status: 500,
  help: 'Try again. If it happens again, give the request id to whoever runs this service: the log has the cause under it.',
}) {
  constructor() {
    super('The request could not be completed. Nothing was changed unless a status resource says so.');
  }
}

/** What an error with `isTemporary` stands for: something that the service needs is away. */
export class TemporarilyUnavailable extends problem({
  slug: 'temporarily-unavailable',
  title: 'The service cannot answer at the moment',
  status: 503,
  help: 'Try again in a few seconds; with an Idempotency-Key nothing is done twice.',
}) {
  constructor() {
    super('Something that the service needs does not answer. Whether the request was carried out is not known.', {
      headers: { 'retry-after': '5' },
    });
  }
}

export class ServiceStopping extends problem({
  slug: 'service-stopping',
  title: 'The service is stopping',
  status: 503,
  help: 'Try again in a few seconds.',
}) {
  constructor() {
    super('This process is shutting down and takes no new work.', { headers: { 'retry-after': '5' } });
  }
}
