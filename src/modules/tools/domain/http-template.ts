import type { ProblemPart } from '../../../platform/errors/problem.js';
import type { JsonObject } from '../tool.js';

/** How an HTTP tool makes its request. `{name}` stands for a member of the input, `{{secret}}` for the tool's secret. */
export interface HttpTemplate {
  readonly method: 'GET' | 'POST';
  /** May have `{name}` in path and query. */
  readonly url: string;
  /** May have `{{secret}}`. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON whose texts may have `{name}`; a text that is nothing else becomes the value. Absent: the whole input. */
  readonly body?: unknown;
}

export interface FilledTemplate {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

const placeholder = /\{([A-Za-z_]\w*)\}/g;
const secretPlaceholder = '{{secret}}';

/** Headers that are about the connection, or that would let a tool act as somebody else. */
const refusedHeaders =
  /^(host|connection|content-length|transfer-encoding|accept-encoding|expect|upgrade|te|trailer|keep-alive|proxy-.*|x-forwarded-.*|forwarded)$/i;

interface UrlParts {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly path: string;
  readonly query: string;
}

function partsOf(url: string): UrlParts | undefined {
  const [, origin, path, query] =
    /^([A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#\\]+)(\/[^?#\\]*)?(?:\?([^#]*))?$/.exec(url) ?? [];
  return origin === undefined ? undefined : { origin, path: path ?? '', query: query ?? '' };
}

/** The scheme, host and port that the template always calls; undefined when it has none. */
export function originOf(url: string): string | undefined {
  const origin = partsOf(url)?.origin;
  return origin !== undefined && URL.canParse(origin) ? new URL(origin).origin : undefined;
}

/** What is wrong with a template for inputs with these members; empty when nothing is. */
export function templateFaults(
  { url, headers, body }: HttpTemplate,
  members: ReadonlySet<string>,
  hasSecret: boolean,
): ProblemPart[] {
  const mentioned = [url, JSON.stringify(body ?? '')].map(namesIn);
  const unknown = mentioned.flatMap((names, index) =>
    names
      .filter((name) => !members.has(name))
      .map((name) => ({
        pointer: index === 0 ? '/url' : '/body',
        detail: `has {${name}}, which input_schema does not`,
      })),
  );
  return [
    ...urlFaults(url),
    ...unknown,
    ...Object.entries(headers).flatMap((header) => headerFaults(header, hasSecret)),
  ];
}

function urlFaults(url: string): ProblemPart[] {
  const parts = partsOf(url);
  const fault = (detail: string) => [{ pointer: '/url', detail }];
  if (!parts || !URL.canParse(parts.origin))
    return fault('must be an address with scheme and host, without a fragment');
  if (/[{}@]/.test(parts.origin)) return fault('must not have placeholders or credentials before the path');
  if (url.includes(secretPlaceholder)) return fault(`must not have ${secretPlaceholder}: that goes into a header`);
  const rest = `${parts.path}${parts.query}`.replaceAll(placeholder, '');
  return /[{}]/.test(rest) ? fault('has braces that are no placeholder such as {name}') : [];
}

function headerFaults([name, value]: [string, string], hasSecret: boolean): ProblemPart[] {
  const pointer = `/headers/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/.test(name)) return [{ pointer, detail: 'is no name of a header' }];
  if (refusedHeaders.test(name)) return [{ pointer, detail: 'is set by the service itself' }];
  if (!/^[\t\x20-\x7e]{0,4000}$/.test(value)) return [{ pointer, detail: 'must be at most 4000 characters of ASCII' }];
  if (value.includes(secretPlaceholder) && !hasSecret)
    return [{ pointer, detail: `has ${secretPlaceholder}, but the tool has no secret` }];
  return [];
}

/**
 * The request for an input that fits the tool's schema, or what about the input does not fit the template. Values are
 * percent-encoded into path and query, and quoted into JSON; none can change the host or the shape of either.
 */
export function fillTemplate(
  { method, url, headers, body }: HttpTemplate,
  input: JsonObject,
  secret: string | undefined,
): FilledTemplate | ProblemPart[] {
  const { origin, path, query } = partsOf(url)!;
  const faults = namesIn(path).flatMap((name) => pathFault(name, valueOf(input, name)));
  if (faults.length > 0) return faults;
  const filledPath = path.replaceAll(placeholder, (_, name: string) => encoded(valueOf(input, name)));
  const filledQuery = fillQuery(query, input);
  const filledHeaders = Object.entries(headers).map(([name, value]) => [
    name,
    value.replaceAll(secretPlaceholder, () => secret ?? ''),
  ]);
  return {
    url: `${origin}${filledPath}${filledQuery && `?${filledQuery}`}`,
    headers: {
      ...(method === 'POST' && { 'content-type': 'application/json' }),
      ...(Object.fromEntries(filledHeaders) as Record<string, string>),
    },
    ...(method === 'POST' && { body: JSON.stringify(body === undefined ? input : fillBody(body, input)) }),
  };
}

/** Pairs whose value is absent are left out. */
function fillQuery(query: string, input: JsonObject): string {
  return query
    .split('&')
    .filter((pair) => namesIn(pair).every((name) => valueOf(input, name) !== undefined))
    .map((pair) => pair.replaceAll(placeholder, (_, name: string) => encoded(valueOf(input, name))))
    .join('&');
}

function fillBody(template: unknown, input: JsonObject): unknown {
  if (typeof template === 'string') {
    const [whole, name] = /^\{([A-Za-z_]\w*)\}$/.exec(template) ?? [];
    if (whole !== undefined) return valueOf(input, name!) ?? null;
    return template.replaceAll(placeholder, (_, each: string) => textOf(valueOf(input, each)));
  }
  if (Array.isArray(template)) return template.map((each) => fillBody(each, input));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([name, each]) => [name, fillBody(each, input)]));
}

/** A value in the path must neither be missing nor lead to another place, also where a server decodes it first. */
function pathFault(name: string, value: unknown): ProblemPart[] {
  const text = textOf(value);
  const climbs = text.split(/[/\\]/).some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
  if (text !== '' && !climbs) return [];
  return [
    { pointer: `/${name}`, detail: text === '' ? 'must not be empty' : 'must not have . or .. as a part of a path' },
  ];
}

function namesIn(text: string): string[] {
  return [...text.matchAll(placeholder)].map(([, name]) => name!);
}

function valueOf(input: JsonObject, name: string): unknown {
  return Object.hasOwn(input, name) ? (input[name] ?? undefined) : undefined;
}

/** Halves of characters, which no address can have, become the sign for what is unknown. */
function encoded(value: unknown): string {
  return encodeURIComponent(Buffer.from(textOf(value)).toString());
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(textOf).join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
