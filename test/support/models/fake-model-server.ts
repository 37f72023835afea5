import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { AnswerBlock } from '../../../src/providers/language-model/language-model.js';
import {
  AnswerQueue,
  type FakeAnswer,
  type FakeModel,
  type Frame,
  type RefusedAnswer,
  type ScriptedAnswer,
  type StreamFault,
} from './script.js';

/** Time in which what was sent is read, before the connection is cut under it. */
const settleMs = 15;

export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Readonly<Record<string, unknown>>;
}

/** An HTTP server that streams scripted answers and breaks them where it is told to. */
export abstract class FakeModelServer implements FakeModel {
  readonly requests: ReceivedRequest[] = [];
  connectionCount = 0;
  abandonedCount = 0;
  openCount = 0;
  /** Bytes of each piece that is sent; undefined for one piece a frame. */
  pieceBytes: number | undefined;
  private readonly answers = new AnswerQueue();
  private readonly server: Server;

  abstract readonly faults: readonly StreamFault[];
  abstract framesOf(answer: ScriptedAnswer): readonly Frame<Buffer>[];
  abstract contentOf(answer: ScriptedAnswer): readonly AnswerBlock[];
  protected abstract readonly contentType: string;
  /** The bytes that stand for a fault, where it is one of bytes. */
  protected abstract faultyFrame(kind: StreamFault): Buffer;
  /** Sends the refusal. */
  protected abstract refuse(response: ServerResponse, refused: RefusedAnswer): void;
  /** Undefined when the request is as it must be. */
  protected abstract rejection(request: ReceivedRequest): RefusedAnswer | undefined;

  constructor() {
    this.server = createServer((request, response) => void this.handle(request, response));
    this.server.on('connection', () => (this.connectionCount += 1));
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get requestCount(): number {
    return this.requests.length;
  }

  /** The body of the latest request. */
  get latestBody(): Readonly<Record<string, unknown>> {
    return this.requests.at(-1)!.body;
  }

  answerWith(...answers: readonly FakeAnswer[]): void {
    this.answers.replace(answers);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse(await text(request)) as ReceivedRequest['body'];
    const received = { path: request.url!, headers: request.headers, body };
    this.requests.push(received);
    const answer = this.rejection(received) ?? this.answers.next();
    if ('refusal' in answer) return this.refuse(response, answer);
    this.openCount += 1;
    response.on('close', () => {
      this.openCount -= 1;
      if (!response.writableFinished && answer.fault?.kind !== 'reset') this.abandonedCount += 1;
    });
    await this.play(answer, response);
  }

  private async play(answer: ScriptedAnswer, response: ServerResponse): Promise<void> {
    const { fault, pause } = answer;
    response.writeHead(200, { 'content-type': this.contentType });
    response.flushHeaders();
    for (const [index, { content }] of this.framesOf(answer).entries()) {
      if (pause !== undefined) await delay(pause);
      if (response.destroyed) return;
      if (fault?.at === index) return this.fail(response, fault.kind);
      await this.send(response, content);
    }
    response.end();
  }

  private async send(response: ServerResponse, content: Buffer): Promise<void> {
    const size = this.pieceBytes ?? content.length;
    for (let at = 0; at < content.length; at += size) {
      response.write(content.subarray(at, at + size));
      if (this.pieceBytes !== undefined) await delay(0);
    }
  }

  private async fail(response: ServerResponse, kind: StreamFault): Promise<void> {
    if (kind === 'silence') return;
    if (kind === 'early end') {
      response.end();
      return;
    }
    if (kind === 'reset') {
      await delay(settleMs);
      response.socket?.resetAndDestroy();
      return;
    }
    response.end(this.faultyFrame(kind));
  }
}
