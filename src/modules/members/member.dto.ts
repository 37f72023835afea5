import { IsString, IsUUID, Length, MaxLength } from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';
import { PageQuery } from '../../platform/paging/page.dto.js';
import { IsEmailAddress } from '../users/identity.decorators.js';

/** Which members to list. */
export class MembersQuery extends PageQuery {
  /**
   * Part of an e-mail address, a username or a full name.
   * @example "ada"
   */
  @IsOptional()
  @IsString()
  @MaxLength(254)
  search?: string;

  /**
   * Name or id of a role.
   * @example "analyst"
   */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  role?: string;
}

/** An existing user who becomes a member without being invited; by id or by e-mail address. */
export class AddMember {
  /** @example "0b8f7c1e-55c9-4a0e-8a62-5a4c2f6f0c3d" */
  @IsOptional()
  @IsUUID()
  user_id?: string;

  /** @example "ada@example.com" */
  @IsOptional()
  @IsEmailAddress()
  email?: string;

  /**
   * Name or id of the role.
   * @example "analyst"
   */
  @IsString()
  @Length(1, 200)
  role!: string;
}

/** What to change of a member. */
export class ChangeMember {
  /**
   * Name or id of the new role.
   * @example "analyst"
   */
  @IsString()
  @Length(1, 200)
  role!: string;
}

/** Who becomes the owner. */
export class TransferOwnership {
  /**
   * A member of the workspace.
   * @example "0b8f7c1e-55c9-4a0e-8a62-5a4c2f6f0c3d"
   */
  @IsUUID()
  user_id!: string;
}

/** Somebody who belongs to a workspace. */
export class Member {
  /** @example "0b8f7c1e-55c9-4a0e-8a62-5a4c2f6f0c3d" */
  user_id!: string;

  /** @example "ada@example.com" */
  email!: string;

  /** @example "ada" */
  username!: string;

  /** @example "Ada Lovelace" */
  full_name!: string;

  /** False while the account is disabled. */
  is_active!: boolean;

  /**
   * Name of the role.
   * @example "analyst"
   */
  role!: string;

  joined_at!: string;
}

/** One page of members, by e-mail address. */
export class MemberPage {
  items!: Member[];
  next_cursor!: string | null;
}
