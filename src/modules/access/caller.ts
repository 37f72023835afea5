import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Permission } from './permissions.js';

/** What proved who the caller is. */
export type Credential =
  | { readonly kind: 'session'; readonly id: string }
  | {
      readonly kind: 'api_token';
      readonly id: string;
      readonly workspaceId: string;
      readonly scopes: ReadonlySet<Permission>;
    };

/** A signed-in user, whichever workspace the request is about. */
export interface Principal {
  readonly userId: string;
  /** Whether the user administers the whole service, besides what they are in their workspaces. */
  readonly administrator: boolean;
  readonly credential: Credential;
  /** The peer's address, for the audit log. */
  readonly address: string;
}

/** A signed-in user in one of their workspaces. Everything a request touches belongs to `workspaceId`. */
export interface Caller extends Principal {
  readonly workspaceId: string;
  /** Name of the user's role there, built-in or the workspace's own. */
  readonly role: string;
  /** What the role allows, narrowed to the scopes of an API token. */
  readonly permissions: ReadonlySet<Permission>;
  /** The permission under which the call was let in. What goes on after the answer goes on for as long as it is held. */
  readonly actingUnder: Permission;
}

export interface AuthenticatedRequest extends FastifyRequest {
  principal?: Principal;
  caller?: Caller;
}

/** The caller of a route that declares a permission. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!caller) throw new Error('The route declares no permission, so it has no caller.');
  return caller;
});

/** The user of a route that only asks for a sign-in. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!principal) throw new Error('The route is public, so it has no principal.');
  return principal;
});
