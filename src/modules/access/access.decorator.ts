import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiHeader, ApiQuery, ApiSecurity } from '@nestjs/swagger';
import type { Permission } from './permissions.js';

/** Who may call a route: anybody, any signed-in user, or a member whose role has a permission. */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'signed-in'; readonly sessionOnly: boolean }
  | {
      readonly kind: 'permission';
      readonly permission: Permission;
      /** The path parameter that names the workspace; absent: the header does, or it is the default one. */
      readonly workspaceIn?: string | undefined;
    };

export const accessMetadata = 'tabletalk:access';
export const tokenInQueryMetadata = 'tabletalk:token-in-query';

/** Anybody may call this, without credentials. */
export function Public() {
  return applyDecorators(SetMetadata(accessMetadata, { kind: 'public' } satisfies Access), ApiSecurity({}));
}

/** Any signed-in user may call this; no workspace is involved. `sessionOnly` keeps programs with API tokens out. */
export function SignedIn({ sessionOnly = false }: { sessionOnly?: boolean } = {}) {
  return applyDecorators(
    SetMetadata(accessMetadata, { kind: 'signed-in', sessionOnly } satisfies Access),
    ApiBearerAuth(),
  );
}

/**
 * Members of the workspace whose role, and whose API token's scopes, have the permission. `workspaceIn` is the path
 * parameter that names the workspace, for routes about workspaces themselves.
 */
export function RequirePermission(permission: Permission, { workspaceIn }: { workspaceIn?: string } = {}) {
  const workspaceHeader = ApiHeader({
    name: 'X-Workspace-Id',
    required: false,
    description: 'The workspace; absent: the caller’s default workspace.',
  });
  return applyDecorators(
    SetMetadata(accessMetadata, { kind: 'permission', permission, workspaceIn } satisfies Access),
    ApiBearerAuth(),
    ApiExtension('x-permission', permission),
    ...(workspaceIn === undefined ? [workspaceHeader] : []),
  );
}

/**
 * For what programs read that cannot send headers: the credentials may be an API token in `?token=`. Addresses are
 * copied and stored, so it must be a token that can do nothing else: the route's permission is its only scope.
 */
export function TokenInQuery() {
  return applyDecorators(
    SetMetadata(tokenInQueryMetadata, true),
    ApiQuery({
      name: 'token',
      required: false,
      description:
        'An API token for programs that cannot send an Authorization header. Its only scope must be the one that this call needs.',
    }),
  );
}
