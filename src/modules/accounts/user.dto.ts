import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsString, IsUUID, Length, MaxLength } from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';
import { PageQuery } from '../../platform/paging/page.dto.js';
import { IsEmailAddress, IsFullName, IsPassword, IsUsername } from '../users/identity.decorators.js';

/** A workspace that a user belongs to. */
export class UserWorkspace {
  /** @example "5f0c7a52-8f3c-4bb1-9a53-1d8a0f2b6c11" */
  id!: string;

  /** @example "My workspace" */
  name!: string;

  /** @example "owner" */
  role!: string;

  /** Whether it is meant when a request names none. */
  is_default!: boolean;

  /**
   * What the role allows, by the names of `GET /permissions`; only of one's own workspaces.
   * @example ["tables:read", "queries:run"]
   */
  permissions?: string[];
}

/** A person who can sign in. */
export class User {
  /** @example "0b8f7c1e-55c9-4a0e-8a62-5a4c2f6f0c3d" */
  id!: string;

  /** @example "ada@example.com" */
  email!: string;

  /** @example "ada" */
  username!: string;

  /** @example "Ada Lovelace" */
  full_name!: string;

  /** False for those who may not sign in. */
  is_active!: boolean;

  /** Whether the user administers the whole service. */
  is_administrator!: boolean;

  /** @example "2026-11-21T08:00:00.000Z" */
  created_at!: string;

  /** The workspaces that the user belongs to and the caller may know of, the default one first. */
  workspaces!: UserWorkspace[];
}

/** One page of users, by e-mail address. */
export class UserPage {
  items!: User[];
  next_cursor!: string | null;
}

const toBoolean = ({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value);

/** Which users to list. */
export class UsersQuery extends PageQuery {
  /**
   * Part of an e-mail address, username or full name.
   * @example "ada"
   */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  search?: string;

  /** Only those who may sign in, or only those who may not. */
  @IsOptional()
  @Transform(toBoolean)
  @IsBoolean()
  active?: boolean;

  /** Everybody instead of the members of this workspace; for administrators of the service. */
  @IsOptional()
  @IsIn(['workspace', 'service'])
  scope?: 'workspace' | 'service';
}

/** What can be changed of every account; what is absent stays. */
export abstract class ChangeAccount {
  /** @example "Ada Lovelace" */
  @IsOptional()
  @IsFullName()
  full_name?: string;

  /**
   * 2 to 64 letters, digits, dots, hyphens and underscores of one script.
   * @example "ada"
   */
  @IsOptional()
  @IsUsername()
  username?: string;

  /** @example "ada@example.com" */
  @IsOptional()
  @IsEmailAddress()
  email?: string;
}

/** What to change of one's own account. */
export class ChangeProfile extends ChangeAccount {
  /**
   * Needed for another e-mail address.
   * @example "correct horse battery staple"
   */
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  current_password?: string;

  /** One of the workspaces that the user belongs to. */
  @IsOptional()
  @IsUUID()
  default_workspace_id?: string;
}

/** An account to create. */
export class CreateUser {
  /** @example "grace@example.com" */
  @IsEmailAddress()
  email!: string;

  /** @example "Grace Hopper" */
  @IsFullName()
  full_name!: string;

  /**
   * At least 8 characters, at most 72 bytes. Its owner should change it.
   * @example "correct horse battery staple"
   */
  @IsPassword()
  password!: string;

  /**
   * Made from the e-mail address when absent.
   * @example "grace"
   */
  @IsOptional()
  @IsUsername()
  username?: string;

  /**
   * A role of this workspace that allows no more than your own.
   * @example "viewer"
   */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  role?: string;
}

/** What to change of somebody's account. */
export class ChangeUser extends ChangeAccount {
  /** False ends everything that the user does, within a second. */
  @IsOptional()
  @IsBoolean()
  is_active?: boolean;

  /**
   * A new password; ends all sessions of the user.
   * @example "correct horse battery staple"
   */
  @IsOptional()
  @IsPassword()
  password?: string;

  /** Whether the user administers the whole service; only such administrators may change it. */
  @IsOptional()
  @IsBoolean()
  is_administrator?: boolean;
}
