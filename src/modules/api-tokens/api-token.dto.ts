import { ArrayMinSize, ArrayUnique, IsArray, IsIn, IsISO8601, IsString, Length } from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';
import { IsStorable } from '../../platform/http/is-storable.js';
import { PageQuery } from '../../platform/paging/page.dto.js';
import { allPermissions, type Permission } from '../access/permissions.js';

/** What a new API token is for. */
export class CreateApiToken {
  /**
   * @example "Grafana"
   */
  @IsString()
  @Length(1, 100)
  @IsStorable()
  name!: string;

  /**
   * Permissions of the token; it can never do more than its owner.
   * @example ["queries:run", "queries:read", "tables:read"]
   */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(allPermissions, { each: true })
  scopes!: Permission[];

  /**
   * When the token stops working; absent: never.
   * @example "2030-01-01T00:00:00Z"
   */
  @IsOptional()
  @IsISO8601({ strict: true })
  expires_at?: string;
}

/** Whose API tokens to list. */
export class ApiTokensQuery extends PageQuery {
  /**
   * me: your own; all: those of every member, for which the permission members:write is needed.
   * @example "me"
   */
  @IsOptional()
  @IsIn(['me', 'all'])
  owner?: 'me' | 'all';
}

/** An API token, without its secret. */
export class ApiToken {
  /** @example "tok_01j8x0q0000000000000000000" */
  id!: string;

  /**
   * Its owner: the token can do what both the owner's role and its scopes allow.
   * @example "0b8f7c1e-55c9-4a0e-8a62-5a4c2f6f0c3d"
   */
  user_id!: string;

  /** @example "ada@example.com" */
  user_email!: string;

  /** @example "Grafana" */
  name!: string;

  /**
   * The secret's first characters, to recognise it by.
   * @example "tt_3kd8f2"
   */
  prefix!: string;

  /** @example ["queries:run", "queries:read", "tables:read"] */
  scopes!: string[];

  created_at!: string;
  expires_at!: string | null;
  last_used_at!: string | null;
  revoked_at!: string | null;
}

/** A new token with its secret, which is shown this once. */
export class CreatedApiToken extends ApiToken {
  /** @example "tt_3kd8f2…" */
  token!: string;
}

/** One page of API tokens. */
export class ApiTokenPage {
  items!: ApiToken[];
  next_cursor!: string | null;
}
