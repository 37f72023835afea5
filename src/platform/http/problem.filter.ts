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
  void reply
    .status(problem.kind.status)
    .headers(problem.headers)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemDocument(problem, { instance: path, requestId: request.id })));
}
