import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type AwsAccess, sha256, SignatureFault, verifySignature } from './sigv4.js';

/** An error as the service documents it. */
export interface AwsError {
  /** Such as `ThrottlingException` or `NoSuchKey`. */
  readonly name: string;
  readonly status: number;
  readonly message?: string;
  /** More members of the error. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** Thrown by an operation to answer with an error. */
export class AwsFailure extends Error {
  constructor(readonly error: AwsError) {
    super(error.message ?? error.name);
  }
}

/** What goes wrong with a request. */
export interface Fault {
  /** The operation it happens to; any when absent. */
  readonly operation?: string;
  /** Answered in place of doing anything. */
  readonly error?: AwsError;
  /** Breaks the connection: before anything was done, or once all was done but not yet answered. */
  readonly drop?: 'request' | 'reply';
  /** Waits before anything is done. */
  readonly delayMs?: number;
  /** Called when a request has come to which it happens. */
  readonly begun?: () => void;
  /** Requests that it happens to; 1 when absent. */
  readonly times?: number;
}

export interface FakeReply {
  readonly status?: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Uint8Array | Readable;
}

/** Credentials that all fake services take. */
export const testCredentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'not a secret' } as const;
export const testRegion = 'eu-central-1';

/**
 * A service of AWS on this machine: takes only requests that are signed well, counts them by operation, and fails on
 * demand. Subclasses say which operation a request is, do it, and render errors.
 */
export abstract class FakeAwsService {
  /** Requests by operation: those that were done, and those answered with an error or cut off. */
  readonly done = new Map<string, number>();
  readonly failed = new Map<string, number>();
  private readonly faults: (Fault & { left: number })[] = [];
  private readonly server: Server;
  protected readonly access: AwsAccess;

  protected constructor(service: string) {
    this.access = { ...testCredentials, region: testRegion, service };
    this.server = createServer((request, response) => {
      this.answer(request, response).catch(() => request.socket.destroy());
    });
  }

  /** Listens on a free port of this machine. */
  async listen(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What an SDK client needs to talk to it. */
  get clientConfig() {
    return { endpoint: this.endpoint, region: testRegion, credentials: { ...testCredentials } };
  }

  /** Lets something go wrong with the next requests; several faults happen one after the other. */
  failNext(fault: Fault): void {
    this.faults.push({ ...fault, left: fault.times ?? 1 });
  }

  /** How often the operation was done, replies that were dropped included. */
  count(operation: string): number {
    return this.done.get(operation) ?? 0;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  /** Its name, as the service's documentation has it. */
  protected abstract operationOf(request: IncomingMessage): string;
  protected abstract perform(operation: string, request: IncomingMessage): Promise<FakeReply>;
  protected abstract render(error: AwsError): FakeReply;

  /** Throws `SignatureFault`. */
  protected async verify(request: IncomingMessage, body?: Uint8Array): Promise<void> {
    const { method, url, headers } = request as { method: string; url: string } & IncomingMessage;
    verifySignature({ method, target: url, headers }, this.access, body && sha256(body));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const operation = this.operationOf(request);
    const fault = this.takeFault(operation);
    fault?.begun?.();
    await delay(fault?.delayMs ?? 0);
    if (fault?.drop === 'request') return this.cut(operation, request);
    const reply = await this.tryTo(operation, request, fault?.error);
    if (fault?.drop === 'reply') return this.cut(operation, request);
    await send(reply, request, response);
  }

  private async tryTo(operation: string, request: IncomingMessage, error?: AwsError): Promise<FakeReply> {
    try {
      if (error) throw new AwsFailure(error);
      const reply = await this.perform(operation, request);
      increase(this.done, operation);
      return reply;
    } catch (failure) {
      increase(this.failed, operation);
      if (failure instanceof AwsFailure) return this.render(failure.error);
      if (!(failure instanceof SignatureFault)) throw failure;
      return this.render({ name: failure.name, status: 403, message: failure.message });
    }
  }

  private takeFault(operation: string): Fault | undefined {
    const index = this.faults.findIndex((fault) => fault.operation === undefined || fault.operation === operation);
    const fault = this.faults[index];
    if (fault && --fault.left === 0) this.faults.splice(index, 1);
    return fault;
  }

  private cut(operation: string, request: IncomingMessage): void {
    increase(this.failed, operation);
    request.socket.destroy();
  }
}

/** A service that speaks `application/x-amz-json-1.x`: the operation in a header, JSON in and out. */
export abstract class FakeJsonService extends FakeAwsService {
  /** `version` is `1.0` for DynamoDB, `1.1` for Glue and Athena. */
  protected constructor(
    service: string,
    private readonly version: '1.0' | '1.1',
  ) {
    super(service);
  }

  /** Does the operation; returns its output. Throws `AwsFailure`. */
  protected abstract invoke(operation: string, input: Record<string, unknown>): Promise<object>;

  protected override operationOf({ headers }: IncomingMessage): string {
    return String(headers['x-amz-target']).split('.').at(-1)!;
  }

  protected override async perform(operation: string, request: IncomingMessage): Promise<FakeReply> {
    const body = await buffer(request);
    await this.verify(request, body);
    const type = `application/x-amz-json-${this.version}`;
    if (request.method !== 'POST' || request.headers['content-type'] !== type) {
      throw new AwsFailure({ name: 'UnknownOperationException', status: 400, message: `Send POST and ${type}.` });
    }
    const output = await this.invoke(operation, JSON.parse(body.toString()) as Record<string, unknown>);
    return { headers: { 'content-type': type }, body: JSON.stringify(output) };
  }

  protected override render({ name, status, message, fields }: AwsError): FakeReply {
    const body = JSON.stringify({ __type: name, message: message ?? name, ...fields });
    return { status, headers: { 'content-type': `application/x-amz-json-${this.version}` }, body };
  }
}

async function send(
  { status = 200, headers = {}, body }: FakeReply,
  request: IncomingMessage,
  response: ServerResponse,
) {
  // A reply that comes before all of the request was read would otherwise leave the connection unusable.
  if (!request.complete) response.setHeader('connection', 'close');
  response.writeHead(status, { 'x-amzn-requestid': 'fake', ...headers });
  if (!(body instanceof Readable)) return void response.end(body);
  await pipeline(body, response);
}

function increase(counts: Map<string, number>, operation: string): void {
  counts.set(operation, (counts.get(operation) ?? 0) + 1);
}
