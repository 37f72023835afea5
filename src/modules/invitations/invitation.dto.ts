import { IsIn, IsInt, IsString, Length, Max, MaxLength, Min } from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';
import { PageQuery } from '../../platform/paging/page.dto.js';
import { IsEmailAddress, IsFullName, IsUsername } from '../users/identity.decorators.js';

export const invitationStatuses = ['pending', 'accepted', 'revoked', 'expired'] as const;

export type InvitationStatus = (typeof invitationStatuses)[number];

/** Somebody to invite. */
export class CreateInvitation {
  /** @example "grace@example.com" */
  @IsEmailAddress()
  email!: string;

  /**
   * Name or id of a role of the workspace that allows no more than your own.
   * @example "analyst"
   */
  @IsString()
  @Length(1, 100)
  role!: string;

  /**
   * Days until it expires.
   * @example 7
   */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(30)
  expires_in_days: number = 7;
}

/** An invitation to a workspace. */
export class Invitation {
  /** @example "inv_01j8x0q0000000000000000000" */
  invitation_id!: string;

  /** @example "grace@example.com" */
  email!: string;

  /** @example "analyst" */
  role!: string;

  /** @example "pending" */
  status!: InvitationStatus;

  /**
   * Id of the user who invited.
   * @example "0b8f7c1e-55c9-4a0e-8a62-5a4c2f6f0c3d"
   */
  invited_by!: string;

  created_at!: string;
  expires_at!: string;
}

/** A new invitation with its secret, which is shown only once. */
export class CreatedInvitation extends Invitation {
  /**
   * What the invited person opens. Whoever has it can accept the invitation.
   * @example "https://tabletalk.example.com/invitation#token=tti_…"
   */
  link!: string;

  /** @example "tti_…" */
  token!: string;

  /**
   * Whether a mail server has taken the link over. Unless it is `sent`, pass the link on yourself.
   * @example "not_configured"
   */
  mail!: 'sent' | 'failed' | 'not_configured';
}

/** One page of invitations, newest first. */
export class InvitationPage {
  items!: Invitation[];
  next_cursor!: string | null;
}

/** Which invitations to list. */
export class InvitationsQuery extends PageQuery {
  /** @example "pending" */
  @IsOptional()
  @IsIn(invitationStatuses)
  status?: InvitationStatus;
}

/** The secret of an invitation. */
export class InvitationToken {
  /** @example "tti_…" */
  @IsString()
  @MaxLength(200)
  token!: string;
}

/** What an invitation says to whom it is for. */
export class InvitationOffer {
  /** @example "5f0c7a52-8f3c-4bb1-9a53-1d8a0f2b6c11" */
  workspace_id!: string;

  /** @example "Sales" */
  workspace_name!: string;

  /** @example "grace@example.com" */
  email!: string;

  /** @example "analyst" */
  role!: string;

  expires_at!: string;

  /** Whether there is an account with this address already, whose password accepts the invitation. */
  has_account!: boolean;
}

/** Accepts an invitation. */
export class AcceptInvitation extends InvitationToken {
  /**
   * Of the account that there is, or for the new one: at least 8 characters, at most 72 bytes.
   * @example "correct horse battery staple"
   */
  @IsString()
  @MaxLength(1000)
  password!: string;

  /**
   * For a new account; made from the e-mail address when absent.
   * @example "Grace Hopper"
   */
  @IsOptional()
  @IsFullName()
  full_name?: string;

  /**
   * For a new account; made from the e-mail address when absent.
   * @example "grace"
   */
  @IsOptional()
  @IsUsername()
  username?: string;
}
