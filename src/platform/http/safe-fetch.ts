import { lookup } from 'node:dns/promises';
import { type IncomingHttpHeaders, type IncomingMessage, request as requestHttp, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { TextDecoder } from 'node:util';
import { AddressRefused, OutsideAnswerRefused, OutsideTooSlow, OutsideUnreachable } from './outside-problems.js';
import { isPublicAddress } from './public-address.js';

export interface SafeFetchOptions {
  /** Also `http:`, which anybody on the way can read and change. */
  readonly allowHttp: boolean;
  /** Hosts, by name or address, that may be private. */
  readonly allowedHosts: readonly string[];
  /** Every address of a name. Absent: what the operating system says. */
  readonly resolve?: (hostname: string) => Promise<readonly string[]>;
  /** Whether an address of any other host may be connected to. Absent: public ones. */
  readonly mayReach?: (address: string) => boolean;
}

export interface OutsideRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** For all of it: name, connection and the whole answer. */
  readonly timeoutMs: number;
  /** Bytes of the answer's body; what is more is not read. */
  readonly limitBytes: number;
  /** Whether an answer of this media type, such as `application/json`, is wanted. */
  readonly takes: (mediaType: string) => boolean;
  readonly signal: AbortSignal;
}

export interface OutsideAnswer {
  readonly status: number;
  readonly mediaType: string;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Whether the body was longer than `limitBytes`. */
  readonly truncated: boolean;
}

/**
 * Calls services that users name, without lending them this machine's place in its network. The name is resolved once,
 * every address it has is checked, and the connection goes to one of those: what the name means a moment later does not
 * matter. Redirects are not followed, connections are not shared, compressed answers are not taken.
 */
export class SafeFetch {
  constructor(private readonly options: SafeFetchOptions) {}

  /**
   * Answers with any status but a redirect. Rejects with `AddressRefused`, `OutsideUnreachable`, `OutsideTooSlow`,
   * `OutsideAnswerRefused`, or with the reason of the signal.
   */
  async fetch(request: OutsideRequest): Promise<OutsideAnswer> {
    const deadline = AbortSignal.timeout(request.timeoutMs);
    const signal = AbortSignal.any([deadline, request.signal]);
    try {
      const url = this.permitted(request.url);
      const addresses = await abortable(this.addressesOf(url.hostname), signal);
      const response = await send(url, addresses, request, signal);
      return await read(response, request);
    } catch (error) {
      request.signal.throwIfAborted();
      if (deadline.aborted) throw new OutsideTooSlow(`There was no whole answer within ${request.timeoutMs} ms.`);
      if (!isNetworkError(error)) throw error;
      throw new OutsideUnreachable(`The connection failed (${error.code}).`, { cause: error });
    }
  }

  /** The parsed address, with what can be said of it without asking for its name. Throws `AddressRefused`. */
  permitted(text: string): URL {
    if (!URL.canParse(text)) throw new AddressRefused('This is no address.');
    const url = new URL(text);
    const isHttp = url.protocol === 'http:' && this.options.allowHttp;
    if (url.protocol !== 'https:' && !isHttp)
      throw new AddressRefused(`The address begins with ${url.protocol.slice(0, 20)} in place of https:.`);
    if (url.username !== '' || url.password !== '')
      throw new AddressRefused('The address has a user or a password in it; send them in a header.');
    if (isIP(bare(url.hostname)) !== 0) this.refusePrivate(url.hostname, [bare(url.hostname)]);
    return url;
  }

  private async addressesOf(hostname: string): Promise<readonly string[]> {
    const host = bare(hostname);
    if (isIP(host) !== 0) return [host];
    const addresses = await (this.options.resolve ?? systemAddresses)(host);
    if (addresses.length === 0) throw new OutsideUnreachable('The host’s name has no address.');
    this.refusePrivate(host, addresses);
    return addresses;
  }

  private refusePrivate(hostname: string, addresses: readonly string[]): void {
    const { allowedHosts, mayReach = isPublicAddress } = this.options;
    const name = bare(hostname).replace(/\.$/, '');
    if (allowedHosts.some((allowed) => allowed.toLowerCase() === name)) return;
    if (!addresses.every(mayReach))
      throw new AddressRefused(`${name.slice(0, 200)} is not a host of the public internet.`);
  }
}

/** Without the brackets of IPv6. */
function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

async function systemAddresses(hostname: string): Promise<readonly string[]> {
  return (await lookup(hostname, { all: true, verbatim: true })).map(({ address }) => address);
}

function send(
  url: URL,
  addresses: readonly string[],
  { method, headers, body }: OutsideRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const options: RequestOptions = {
    method,
    headers: {
      accept: 'application/json, text/*;q=0.9',
      'accept-encoding': 'identity',
      ...headers,
      connection: 'close',
    },
    lookup: only(addresses),
    agent: false,
    signal,
  };
  return new Promise((resolve, reject) => {
    const call = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, resolve);
    call.on('error', reject);
    call.end(body);
  });
}

/** In place of asking for the name again, which might have another answer by now. */
function only(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_hostname, { all: wantsAll }, callback) => {
    if (wantsAll) callback(null, all);
    else callback(null, all[0]!.address, all[0]!.family);
  };
}

async function read(response: IncomingMessage, { limitBytes, takes }: OutsideRequest): Promise<OutsideAnswer> {
  try {
    const { statusCode: status = 0, headers } = response;
    const [mediaType = '', ...parameters] = (headers['content-type'] ?? 'text/plain').toLowerCase().split(';');
    if (status >= 300 && status < 400) throw new OutsideAnswerRefused(`It redirects to somewhere else (${status}).`);
    if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw new OutsideAnswerRefused('It is compressed.');
    if (!takes(mediaType.trim()))
      throw new OutsideAnswerRefused(`It is of the type ${JSON.stringify(mediaType.slice(0, 80))}.`);
    const { bytes, truncated } = await head(response, limitBytes);
    // A character that was cut in two at the end is left out.
    const text = decoder(parameters).decode(bytes, { stream: truncated });
    return { status, mediaType: mediaType.trim(), headers: single(headers), text, truncated };
  } finally {
    response.destroy();
  }
}

function single(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? []].flat().join(', ')]));
}

async function head(response: IncomingMessage, limit: number): Promise<{ bytes: Buffer; truncated: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > limit) break;
  }
  return { bytes: Buffer.concat(chunks).subarray(0, limit), truncated: size > limit };
}

function decoder(parameters: readonly string[]): TextDecoder {
  const charset = parameters.map((each) => /^\s*charset="?([^"\s]+)"?\s*$/.exec(each)?.[1]).find(Boolean);
  try {
    return new TextDecoder(charset ?? 'utf-8');
  } catch {
    return new TextDecoder();
  }
}

function abortable<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Of the operating system, of TLS, of names, or of the HTTP parser; all have a code in capitals. */
function isNetworkError(error: unknown): error is Error & { code: string } {
  return /^[A-Z][A-Z0-9_]+$/.test((error as { code?: string }).code ?? '');
}
