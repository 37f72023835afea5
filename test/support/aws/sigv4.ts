import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Whom a fake service believes, and where it pretends to stand. */
export interface AwsAccess {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  /** As it stands in the scope of a signature: `s3`, `glue`, `athena`, `dynamodb`, `rds-db`. */
  readonly service: string;
}

export interface SignedRequest {
  readonly method: string;
  /** Path and query exactly as they were sent. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

/** Why a request was not believed; `name` is the error code that AWS answers with. */
export class SignatureFault extends Error {
  constructor(
    override readonly name:
      | 'AccessDenied'
      | 'InvalidAccessKeyId'
      | 'SignatureDoesNotMatch'
      | 'RequestTimeTooSkewed'
      | 'MissingAuthenticationToken',
    message: string,
  ) {
    super(message);
  }
}

interface Signature {
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
  readonly date: string;
  readonly payloadHash: string;
  readonly query: string;
}

const skewMs = 5 * 60_000;

/**
 * Checks the signature (version 4) of a request as AWS does, from the scope to the last byte. `payloadHash` is the hash
 * of the body where no header gives it. Throws `SignatureFault`.
 */
export function verifySignature(request: SignedRequest, access: AwsAccess, payloadHash = sha256('')): void {
  const signature = presigned(request) ?? inHeader(request, payloadHash);
  const [accessKeyId, day, region, service, end] = signature.credential.split('/');
  if (accessKeyId !== access.accessKeyId) throw new SignatureFault('InvalidAccessKeyId', 'Nobody has this access key.');
  if (
    region !== access.region ||
    service !== access.service ||
    end !== 'aws4_request' ||
    !signature.date.startsWith(day!)
  ) {
    throw new SignatureFault('SignatureDoesNotMatch', `The scope ${signature.credential} is of another service.`);
  }
  for (const name of ['host', ...Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'))]) {
    if (!signature.signedHeaders.split(';').includes(name)) {
      throw new SignatureFault('AccessDenied', `The header ${name} is not signed.`);
    }
  }
  const expected = Buffer.from(sign(request, signature, access));
  const given = Buffer.from(signature.signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
    throw new SignatureFault('SignatureDoesNotMatch', 'The request signature does not match.');
  }
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function inHeader({ headers, target }: SignedRequest, bodyHash: string): Signature {
  const authorization = headers.authorization;
  if (authorization === undefined) throw new SignatureFault('MissingAuthenticationToken', 'The request is not signed.');
  const fields = /^AWS4-HMAC-SHA256 Credential=(\S+), SignedHeaders=(\S+), Signature=([0-9a-f]{64})$/.exec(
    authorization,
  );
  const date = String(headers['x-amz-date']);
  if (!fields) throw new SignatureFault('AccessDenied', 'The Authorization header is malformed.');
  if (Math.abs(timeOf(date) - Date.now()) > skewMs) {
    throw new SignatureFault(
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
    );
  }
  const [, credential, signedHeaders, signature] = fields as unknown as [string, string, string, string];
  const payloadHash = String(headers['x-amz-content-sha256'] ?? bodyHash);
  return { credential, signedHeaders, signature, date, payloadHash, query: target.split('?')[1] ?? '' };
}

/** A signature in the query, which holds for a time of its own. */
function presigned({ target }: SignedRequest): Signature | undefined {
  const query = target.split('?')[1] ?? '';
  const parameters = new URLSearchParams(query);
  const signature = parameters.get('X-Amz-Signature');
  if (signature === null) return undefined;
  const date = parameters.get('X-Amz-Date') ?? '';
  if (Date.now() > timeOf(date) + Number(parameters.get('X-Amz-Expires')) * 1000) {
    throw new SignatureFault('AccessDenied', 'Request has expired');
  }
  return {
    credential: parameters.get('X-Amz-Credential') ?? '',
    signedHeaders: parameters.get('X-Amz-SignedHeaders') ?? '',
    signature,
    date,
    payloadHash: parameters.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD',
    query: query
      .split('&')
      .filter((each) => !each.startsWith('X-Amz-Signature='))
      .join('&'),
  };
}

function sign({ method, target, headers }: SignedRequest, given: Signature, access: AwsAccess): string {
  const names = given.signedHeaders.split(';');
  const canonical = [
    method,
    canonicalPath(target.split('?')[0]!, access.service),
    given.query.split('&').filter(Boolean).map(withEquals).toSorted().join('&'),
    ...names.map(
      (name) =>
        `${name}:${String(headers[name] ?? '')
          .trim()
          .replaceAll(/ +/g, ' ')}`,
    ),
    '',
    given.signedHeaders,
    given.payloadHash,
  ].join('\n');
  const scope = given.credential.split('/').slice(1);
  const secret: string | Buffer = `AWS4${access.secretAccessKey}`;
  const key = scope.reduce<string | Buffer>((derived, part) => hmac(derived, part), secret);
  return hmac(key, ['AWS4-HMAC-SHA256', given.date, scope.join('/'), sha256(canonical)].join('\n')).toString('hex');
}

/** S3 alone takes the path as it was sent; for all others it is encoded once more. */
function canonicalPath(path: string, service: string): string {
  return service === 's3' ? path : path.split('/').map(encodeURIComponent).join('/');
}

function withEquals(parameter: string): string {
  return parameter.includes('=') ? parameter : `${parameter}=`;
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** `20260131T235959Z` in milliseconds; NaN, which no comparison accepts, for anything else. */
function timeOf(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
