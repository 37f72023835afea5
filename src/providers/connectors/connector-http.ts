import { AddressRefused, OutsideTooSlow, OutsideUnreachable } from '../../platform/http/outside-problems.js';
import { Problem } from '../../platform/errors/problem.js';
import type { OutsideAnswer, SafeFetch } from '../../platform/http/safe-fetch.js';
import type { Clock } from '../clock/clock.js';
import type { OnWait } from './connector.js';
import { ConnectorAddressRefused, ConnectorBusy, ConnectorUnreachable, PlatformStumbled } from './errors.js';

/** What the clients of platforms need of the standard `fetch`. */
export type ClientFetch = (url: string | URL, request?: ClientRequest) => Promise<Response>;

export interface ClientRequest {
  readonly method?: string | undefined;
  readonly headers?: unknown;
  readonly body?: unknown;
}

export interface PatienceOptions {
  readonly signal: AbortSignal;
  readonly onWait: OnWait;
  /** The longest wait that a platform may ask for; a longer one is an error. */
  readonly patienceSeconds: number;
}

const requestMs = 60_000;
const answerBytes = 32 * 1024 * 1024;
/** Requests for one answer, the waits that a platform asks for not counted. */
const maximumTries = 5;
/** Waits for one answer. */
const maximumWaits = 20;
const backOffMs = 500;
const longestBackOffMs = 30_000;

/**
 * The `fetch` that clients of platforms are given: checked addresses, no redirects, an end by the signal, waits as the
 * platform asks for them, and a bounded number of tries when it stumbles. The clients themselves neither wait nor try again.
 */
export function patientFetch(outside: SafeFetch, clock: Clock, options: PatienceOptions): ClientFetch {
  const wait = async (seconds: number, reason: string) => {
    options.onWait({ seconds: Math.ceil(seconds), reason });
    await clock.sleep(seconds * 1000, options.signal);
  };
  return async (url, request = {}) => {
    for (let tries = 1, waits = 0; ;) {
      options.signal.throwIfAborted();
      const answer = await once(outside, String(url), request, options.signal);
      const isLast = tries >= maximumTries || options.patienceSeconds === 0;
      if (answer instanceof Error) {
        if (isLast) throw answer;
        await wait(backOff(tries), 'it did not answer');
        tries += 1;
      } else if (answer.status === 429) {
        const seconds = secondsToWait(answer, clock.now()) ?? backOff(waits + 1);
        if (seconds > options.patienceSeconds || waits >= maximumWaits) throw busy(seconds, options.patienceSeconds);
        await wait(seconds, 'its rate limit is used up');
        waits += 1;
      } else if (answer.status >= 500 && !isLast) {
        await wait(secondsToWait(answer, clock.now()) ?? backOff(tries), `it answered with status ${answer.status}`);
        tries += 1;
      } else {
        return responseOf(answer);
      }
    }
  };
}

/** The error, when another try may help. */
async function once(
  outside: SafeFetch,
  url: string,
  { method = 'GET', headers, body }: ClientRequest,
  signal: AbortSignal,
): Promise<OutsideAnswer | Error> {
  if (method !== 'GET' && method !== 'POST') throw new Error(`Connectors only read, and ${method} does not.`);
  try {
    return await outside.fetch({
      url,
      method,
      headers: Object.fromEntries(new Headers(headers as Record<string, string> | undefined).entries()),
      body: typeof body === 'string' ? body : undefined,
      timeoutMs: requestMs,
      limitBytes: answerBytes,
      takes: () => true,
      signal,
    });
  } catch (error) {
    if (error instanceof OutsideUnreachable || error instanceof OutsideTooSlow) {
      return new PlatformStumbled(`${new URL(url).host} does not answer: ${error.message}`, { cause: error });
    }
    if (error instanceof AddressRefused) throw new ConnectorAddressRefused(error.message);
    if (error instanceof Problem) throw new ConnectorUnreachable(`${hostOf(url)}: ${error.message}`);
    throw error;
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'The platform';
}

/** `Retry-After`, or when the limit begins anew: as a time where the number is one. */
function secondsToWait({ headers }: OutsideAnswer, now: Date): number | undefined {
  const text = headers['retry-after'] ?? headers['x-ratelimit-reset'] ?? headers['ratelimit-reset'];
  if (text === undefined || text.trim() === '') return undefined;
  const number = Number(text);
  const seconds = Number.isNaN(number) ? (Date.parse(text) - now.getTime()) / 1000 : number;
  const isTime = seconds > 1e9;
  const result = isTime ? seconds - now.getTime() / 1000 : seconds;
  return Number.isFinite(result) ? Math.max(result, 0) : undefined;
}

/** Seconds, between half and all of a time that doubles. */
function backOff(tries: number): number {
  const longest = Math.min(backOffMs * 2 ** (tries - 1), longestBackOffMs);
  return (longest * (0.5 + Math.random() / 2)) / 1000;
}

function busy(seconds: number, patience: number): Error {
  const detail = `The platform asks to wait ${Math.ceil(seconds)} seconds.`;
  return patience === 0 ? new ConnectorBusy(detail) : new PlatformStumbled(detail, undefined, seconds);
}

function responseOf({ status, headers, text }: OutsideAnswer): Response {
  const isEmpty = status === 204 || status === 304;
  return new Response(isEmpty ? null : text, { status, headers });
}
