import { problem } from '../../platform/errors/problem.js';

export class IdempotencyKeyReused extends problem({
  slug: 'idempotency-key-reused',
  title: 'The idempotency key was used for another request',
  status: 422,
  help: 'Use a new Idempotency-Key for a new request. Repeat a request under its old key only with the same content.',
}) {
  constructor(key: string) {
    super(`The Idempotency-Key ${key} was used before with other content.`);
  }
}

export class RequestInProgress extends problem({
  slug: 'request-in-progress',
  title: 'The same request is still running',
  status: 409,
  help: 'Wait a moment and repeat the request with the same Idempotency-Key: it then gets the first one’s answer.',
}) {
  constructor(key: string) {
    super(`A request with the Idempotency-Key ${key} is still running.`, { headers: { 'retry-after': '1' } });
  }
}

export class AnswerUnreadable extends problem({
  slug: 'answer-unreadable',
  title: 'The first answer can no longer be read',
  status: 409,
  help: 'The request was carried out. Look for what it created; for a new request use a new Idempotency-Key.',
}) {
  constructor(key: string) {
    super(`The request with the Idempotency-Key ${key} was carried out, but the service's secret has changed since.`);
  }
}

export class AnswerLost extends problem({
  slug: 'answer-lost',
  title: 'The first answer was never given',
  status: 409,
  help: 'The request was carried out, or begun. Look for what it created; for a new request use a new Idempotency-Key.',
}) {
  constructor(key: string) {
    super(`The process that carried out the request with the Idempotency-Key ${key} ended before it answered.`);
  }
}
