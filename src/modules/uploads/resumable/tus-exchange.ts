import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Resumed } from './resumable.service.js';
import { assertTusVersion, tusVersion } from './tus.js';

/** One call of the protocol and its answer. */
export class TusExchange {
  /** Every answer of the protocol, errors too, names its version. Throws `TusVersionUnknown`. */
  constructor(
    readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
  ) {
    this.answer({ 'tus-resumable': tusVersion });
    assertTusVersion(request.headers);
  }

  get headers(): FastifyRequest['headers'] {
    return this.request.headers;
  }

  answer(headers: Readonly<Record<string, string>>): void {
    void this.reply.headers(headers);
  }

  /** How far the upload has come, and until when it can go on. */
  describe({ upload, offset }: Resumed): void {
    this.answer({ 'upload-offset': String(offset) });
    if (upload.status === 'receiving') this.answer({ 'upload-expires': new Date(upload.expires_at).toUTCString() });
  }
}

/** The call of the protocol that a route answers. */
export const Tus = createParamDecorator((_: unknown, context: ExecutionContext): TusExchange => {
  const http = context.switchToHttp();
  return new TusExchange(http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
});
