import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { Config } from '../../config/config.js';
import { RateLimiter } from '../../platform/http/rate-limiter.js';
import { type Access, accessMetadata, tokenInQueryMetadata } from '../access/access.decorator.js';
import type { AuthenticatedRequest, Caller, Credential } from '../access/caller.js';
import { AccessHolds } from '../access/access-holds.js';
import { NotAuthenticated, PermissionDenied, SessionRequired } from '../access/errors.js';
import type { Permission } from '../access/permissions.js';
import { AuditLog } from '../audit/audit.log.js';
import { Authenticator } from './authenticator.js';

/** Time that a short answer gets to end of itself, such as the one to the call that took the right away. */
const lastWordsMs = 200;

/**
 * The one place where requests are let through or not: authenticates, finds the workspace, counts against the rate
 * limits, and checks the permission that the route declares. A route that declares nothing does not even start.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly perUser: RateLimiter;
  private readonly perWorkspace: RateLimiter;
  private readonly perAddress: RateLimiter;

  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    private readonly audit: AuditLog,
    private readonly holds: AccessHolds,
    config: Config,
  ) {
    this.perUser = new RateLimiter({ subject: 'of one user', points: config.rateLimitPerUser, seconds: 60 });
    this.perWorkspace = new RateLimiter({
      subject: 'of one workspace',
      points: config.rateLimitPerWorkspace,
      seconds: 60,
    });
    this.perAddress = new RateLimiter({
      subject: 'of one address without valid credentials',
      points: config.rateLimitPerAddress,
      seconds: 60,
    });
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const access = this.reflector.getAllAndOverride<Access | undefined>(accessMetadata, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!access) throw new Error('The route declares no access.');
    if (access.kind === 'public') return true;

    const inQuery = this.reflector.get<true | undefined>(tokenInQueryMetadata, context.getHandler()) ?? false;
    const identity = await this.identify(
      request,
      reply,
      inQuery && access.kind === 'permission' ? access.permission : undefined,
    );
    request.principal = { ...identity, address: request.ip };
    if (access.kind === 'signed-in') {
      if (access.sessionOnly && identity.credential.kind !== 'session') throw new SessionRequired();
      return true;
    }

    const rights = await this.authenticator.authorise(identity, namedWorkspace(request, access.workspaceIn));
    const caller: Caller = { ...request.principal, ...rights, actingUnder: access.permission };
    request.caller = caller;
    this.endWithAccess(caller, reply);
    this.perWorkspace.take(rights.workspaceId);
    if (!rights.permissions.has(access.permission)) await this.deny(caller);
    return true;
  }

  /** `onlyScope` is set where a token may come in the address, if that is its only scope. */
  private async identify(request: AuthenticatedRequest, reply: FastifyReply, onlyScope: Permission | undefined) {
    try {
      const inAddress = onlyScope === undefined ? undefined : tokenInAddress(request);
      const identity = await this.authenticator.identify(inAddress ?? bearerToken(request));
      if (inAddress !== undefined) refuseOtherScopes(identity.credential, onlyScope!);
      void reply.headers(this.perUser.take(identity.userId));
      return identity;
    } catch (error) {
      if (error instanceof NotAuthenticated) void reply.headers(this.perAddress.take(request.ip));
      throw error;
    }
  }

  /** An answer that is still being given when the right is lost is cut off, whatever it is: a stream, a file, an upload. */
  private endWithAccess(caller: Caller, reply: FastifyReply): void {
    const cut = () => void setTimeout(() => reply.raw.destroy(), lastWordsMs);
    reply.raw.once('close', this.holds.hold(caller, cut));
  }

  private async deny(caller: Caller): Promise<never> {
    const { actingUnder } = caller;
    await this.audit.record({ ...caller, action: 'permission.denied', object: actingUnder, outcome: 'denied' });
    throw new PermissionDenied(actingUnder);
  }
}

function bearerToken(request: AuthenticatedRequest): string {
  const header = request.headers.authorization;
  if (header === undefined) throw new NotAuthenticated('The request has no Authorization header.');
  const match = /^Bearer +([\w.~+/=-]+)$/i.exec(header);
  if (!match) throw new NotAuthenticated('The Authorization header must be "Bearer <token>".');
  return match[1]!;
}

function tokenInAddress(request: AuthenticatedRequest): string | undefined {
  const { token } = request.query as { token?: unknown };
  return typeof token === 'string' && request.headers.authorization === undefined ? token : undefined;
}

function refuseOtherScopes(credential: Credential, onlyScope: Permission): void {
  if (credential.kind === 'api_token' && credential.scopes.size === 1 && credential.scopes.has(onlyScope)) return;
  throw new NotAuthenticated(`A token in an address must be an API token whose only scope is ${onlyScope}.`);
}

function namedWorkspace(request: AuthenticatedRequest, parameter: string | undefined): string | undefined {
  if (parameter !== undefined) return (request.params as Record<string, string>)[parameter];
  const header = request.headers['x-workspace-id'];
  return typeof header === 'string' && header !== '' ? header : undefined;
}
