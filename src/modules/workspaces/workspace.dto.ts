import { PartialType } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength } from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';
import { IsLabel } from '../../platform/http/is-label.js';
import { PageQuery } from '../../platform/paging/page.dto.js';

/** A new workspace. */
export class CreateWorkspace {
  /**
   * 1 to 100 characters; two workspaces may have the same name.
   * @example "Sales team"
   */
  @IsLabel()
  name!: string;
}

/** What to change of a workspace; what is absent stays. */
export class ChangeWorkspace extends PartialType(CreateWorkspace, { skipNullProperties: false }) {}

/** Which of your workspaces to list. */
export class WorkspacesQuery extends PageQuery {
  /** Show also the deleted ones that you could restore. */
  @IsOptional()
  @IsIn(['deleted'])
  include?: 'deleted';
}

/** What must be said before a workspace is deleted. */
export class DeleteWorkspaceQuery {
  /**
   * The exact name of the workspace, so that nobody deletes the wrong one.
   * @example "Sales team"
   */
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  confirm?: string;
}

/** A workspace that you belong to. */
export class Workspace {
  /** @example "5f0c7a52-8f3c-4bb1-9a53-1d8a0f2b6c11" */
  id!: string;

  /** @example "Sales team" */
  name!: string;

  /**
   * Name of your role in it.
   * @example "owner"
   */
  role!: string;

  /** Whether it is the one that is meant when a request names none. */
  is_default!: boolean;

  created_at!: string;

  /** Set while it is deleted and can be restored; for everybody but its owners it is gone. */
  deleted_at!: string | null;

  /** When a deleted workspace is removed for good with everything in it. */
  purge_at!: string | null;
}

/** One page of workspaces, those that you have belonged to for longest first. */
export class WorkspacePage {
  items!: Workspace[];
  next_cursor!: string | null;
}
