import type { IncomingHttpHeaders } from 'node:http';
import { saysContextTooLong } from '../context-overflow.js';
import {
  ModelAccessDenied,
  ModelContextTooLong,
  type ModelOrigin,
  type ModelProblem,
  ModelRequestInvalid,
  ModelThrottled,
  ModelUnavailable,
} from '../errors.js';

/** What a server says of a failed request: in the body of an HTTP error, or in the middle of a stream. */
export interface ServerError {
  readonly message: string;
  /** `code` or `type` of the error object, such as `context_length_exceeded`. */
  readonly code: string | undefined;
  /** The HTTP status, or the number that an error inside a stream gives as its code. */
  readonly status: number | undefined;
}

/** Reads `{"error": {…}}`, `{"error": "…"}`, `{"message": "…"}` and FastAPI's `{"detail": …}`. */
export function serverError(body: unknown, status?: number): ServerError {
  const outer = fieldsOf(body);
  const inner = fieldsOf(outer.error);
  const message = [inner.message, outer.error, outer.message, outer.detail].find((each) => each != null) ?? '';
  const codes = [inner.code, inner.type, outer.code].filter((each) => each != null && each !== '');
  const number = codes.map(Number).find((each) => each >= 400 && each < 600);
  return {
    message: typeof message === 'string' ? message : JSON.stringify(message),
    code: codes.map(String).find((each) => !/^\d+$/.test(each)),
    status: status ?? number,
  };
}

/** Where whoever runs the service has given the address and the key. */
const chatSettings = { address: 'OPENAI_BASE_URL', key: 'OPENAI_API_KEY', asked: 'chat' };

/** `said` makes the server's words fit to be shown. */
export function problemOf(
  error: ServerError,
  origin: ModelOrigin,
  said: (message: string) => string,
  settings = chatSettings,
): ModelProblem {
  const { message, status } = error;
  const code = error.code ?? '';
  if (saysContextTooLong(`${code} ${message}`)) return new ModelContextTooLong(origin);
  if (/insufficient_quota|billing/.test(code)) return new ModelAccessDenied(origin, 'the account’s quota is used up.');
  if (status === 429 || /rate_?limit|too_many_requests|throttl/i.test(code)) return new ModelThrottled(origin);
  if (status === 401 || status === 403 || /authentication|permission|invalid_api_key/.test(code)) {
    return new ModelAccessDenied(origin, `the server refuses the key. Check ${settings.key} and what it may do.`);
  }
  if (status === 404 || code === 'model_not_found') {
    return new ModelRequestInvalid(
      origin,
      `the server knows no such model or no ${settings.asked} there. Check the model’s id and ${settings.address}. (${said(message)})`,
    );
  }
  if (status !== undefined && status >= 300 && status < 400) {
    return new ModelRequestInvalid(origin, `the server answers with a redirect. Check ${settings.address}.`);
  }
  const transient = status === 408 || status === 409 || status === 425;
  const isClientFault = status !== undefined ? status < 500 && !transient : /invalid_request|bad_?request/i.test(code);
  if (isClientFault) return new ModelRequestInvalid(origin, said(message));
  return new ModelUnavailable(origin, `failed${status === undefined ? '' : ` (HTTP ${status})`}: ${said(message)}`);
}

/** Seconds, a date, or OpenAI's milliseconds. */
export function retryAfterMs(headers: IncomingHttpHeaders, now: Date): number | undefined {
  const milliseconds = Number(headers['retry-after-ms'] ?? Number.NaN);
  if (milliseconds >= 0) return milliseconds;
  const text = headers['retry-after'];
  if (text === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
