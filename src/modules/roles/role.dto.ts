import { PartialType } from '@nestjs/swagger';
import { ArrayUnique, IsArray, IsIn, IsString, Length, MaxLength } from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';
import { IsStorable } from '../../platform/http/is-storable.js';
import { IsLabel } from '../../platform/http/is-label.js';
import { allPermissions, type Permission } from '../access/permissions.js';

/** A permission, and what it is for. */
export class PermissionInfo {
  /** @example "queries:run" */
  permission!: string;

  /** @example "Run and cancel queries." */
  description!: string;

  /**
   * Built-in roles that have it.
   * @example ["owner", "admin", "analyst", "viewer"]
   */
  roles!: string[];
}

/** All permissions, which are few enough for one page. */
export class PermissionList {
  items!: PermissionInfo[];
  next_cursor!: string | null;
}

/** A new role of the workspace. */
export class CreateRole {
  /**
   * Unlike that of every other role, also in case.
   * @example "Auditor"
   */
  @IsLabel(60)
  name!: string;

  /** @example "Looks at tables and at who did what." */
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  @IsStorable()
  description?: string;

  /**
   * Only what you may do yourself. Every role has `workspace:read` besides.
   * @example ["tables:read", "audit:read"]
   */
  @IsArray()
  @ArrayUnique()
  @IsIn(allPermissions, { each: true })
  permissions!: Permission[];
}

/** What to change of a role; what is absent stays. */
export class ChangeRole extends PartialType(CreateRole, { skipNullProperties: false }) {}

/** How to delete a role. */
export class DeleteRoleQuery {
  /**
   * Name or id of the role that members and invited people get instead.
   * @example "viewer"
   */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  replace_with?: string;
}

/** What members of a workspace may do. */
export class WorkspaceRole {
  /** @example "7c1f6f0e-4b7f-4c55-9d3e-0a4f6f1f2a10" */
  id!: string;

  /** @example "Auditor" */
  name!: string;

  /** @example "Looks at tables and at who did what." */
  description!: string;

  /** @example ["tables:read", "workspace:read", "audit:read"] */
  permissions!: string[];

  /** Built-in roles are the same in every workspace and cannot be changed. */
  built_in!: boolean;

  /**
   * How many members of the workspace have it.
   * @example 2
   */
  members!: number;
}

/** All roles: the built-in ones from the most to the least powerful, then the workspace's own by name. */
export class WorkspaceRoleList {
  items!: WorkspaceRole[];

  /** Always null: there are few enough for one answer. */
  next_cursor!: string | null;
}
