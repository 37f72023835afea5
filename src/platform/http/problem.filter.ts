import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { asProblem, problemDocument } from './problem-document.js';

/** Renders every error that leaves a handler as a problem document, and logs what nobody expected. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    sendProblem(error, request, reply, this.logger);
  }
}

/** Also used for errors that arise before a handler is reached, such as a body that cannot be parsed. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, logger: Logger): void {
  const path = request.url.split('?')[0]!;
  const problem = asProblem(error, { method: request.method, path });
  if (problem.kind.status >= 500) logger.error({ err: error, method: request.method, path }, problem.kind.title);
  if (reply.sent || reply.raw.headersSent) {
    // The answer has begun to flow and cannot turn into an error any more: cutting it tells the client that it is not whole.
    reply.raw.destroy();
    return;
  }
  const body = JSON.stringify(problemDocument(problem, { instance: path, requestId: request.id }));
  void reply
    .status(problem.kind.status)
    .headers(problem.headers)
    .header('content-type', 'application/problem+json; charset=utf-8');
  if (hasUnreadBody(request)) sendBeforeClosing(body, request, reply);
  else void reply.send(body);
}

/** How long the rest of a refused body is received and thrown away, so that its sender gets to read the answer. */
const lingerMs = 1_000;

function hasUnreadBody({ raw }: FastifyRequest): boolean {
  const announced = raw.headers['transfer-encoding'] !== undefined || Number(raw.headers['content-length'] ?? 0) > 0;
  return announced && !raw.complete;
}

/**
 * Answers while the body is still arriving. Kept open, the connection would have to receive all of it, however long it
 * is; closed at once, it would be reset, and the sender would see an error in place of the answer.
 */
function sendBeforeClosing(body: string, { raw }: FastifyRequest, reply: FastifyReply): void {
  async function* answer() {
    yield body;
    raw.unpipe();
    raw.resume();
    await Promise.race([once(raw, 'close'), delay(lingerMs, undefined, { ref: false })]);
  }
  void reply
    .headers({ connection: 'close', 'content-length': String(Buffer.byteLength(body)) })
    .send(Readable.from(answer(), { objectMode: false }));
}
