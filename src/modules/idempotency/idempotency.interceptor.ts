import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { firstValueFrom, from, type Observable } from 'rxjs';
import { KeyRing } from '../../platform/security/key-ring.js';
import type { AuthenticatedRequest, Caller, Principal } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { type Claim, IdempotencyService, type StoredAnswer } from './idempotency.service.js';

const keptHeaders = ['location', 'etag', 'content-type'] as const;

/** Honours the Idempotency-Key header of JSON requests. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly idempotency: IdempotencyService,
    private readonly audit: AuditLog,
    private readonly keys: KeyRing,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> | Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const key = request.headers['idempotency-key'];
    const requester = request.caller ?? request.principal;
    if (typeof key !== 'string' || !requester) return next.handle();
    return this.once(request, requester, reply, key, next).then((answer) => from([answer]));
  }

  private async once(
    request: AuthenticatedRequest,
    requester: Principal | Caller,
    reply: FastifyReply,
    key: string,
    next: CallHandler,
  ): Promise<unknown> {
    // Keyed, since a body may hold a password, which a plain hash would let others guess.
    const fingerprint = this.keys.sign('idempotency-fingerprint', canonical(request.body));
    const call = `${request.method} ${request.url}`;
    const begun = await this.idempotency.begin(requester, call, key, fingerprint);
    if ('status' in begun) {
      const path = request.url.replace(/\?.*/s, '');
      this.audit.note({ ...requester, action: 'answer.repeated', object: path, outcome: 'allowed' });
      return replay(reply, begun);
    }
    return this.carryOut(begun, reply, next);
  }

  private async carryOut(claim: Claim, reply: FastifyReply, next: CallHandler): Promise<unknown> {
    try {
      const result: unknown = await this.idempotency.carryOut(claim, () =>
        firstValueFrom(next.handle(), { defaultValue: undefined }),
      );
      const headers = Object.fromEntries(
        keptHeaders.flatMap((name) => {
          const value = reply.getHeader(name);
          return value === undefined ? [] : [[name, String(value)]];
        }),
      );
      const body = typeof result === 'string' ? result : JSON.stringify(result ?? null);
      await this.idempotency.finish(claim, { status: reply.statusCode, headers, body });
      return result;
    } catch (error) {
      await this.idempotency.abandon(claim);
      throw error;
    }
  }
}

function replay(reply: FastifyReply, answer: StoredAnswer): string {
  void reply
    .status(answer.status)
    .headers({ 'content-type': 'application/json; charset=utf-8', ...answer.headers, 'idempotent-replayed': 'true' });
  return answer.body;
}

/** The same text for bodies that differ only in the order of their members. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
