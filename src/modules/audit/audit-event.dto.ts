import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsRFC3339, IsString, Length, Matches } from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';
import { PageQuery } from '../../platform/paging/page.dto.js';

const outcomes = ['allowed', 'denied', 'failed'] as const;
export type Outcome = (typeof outcomes)[number];

const exportFormats = ['csv', 'jsonl'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Which events are wanted: all that fit everything that is given. */
export class AuditFilter {
  /**
   * Only what this user did.
   * @example "0b8f7c1e-55c9-4a0e-8a62-5a4c2f6f0c3d"
   */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  user_id?: string;

  /**
   * Only this action; with a dot at its end, every action that begins so.
   * @example "query."
   */
  @IsOptional()
  @Matches(/^[a-z_]{1,50}\.[a-z_]{0,50}$/, {
    message: 'must be an action such as query.run, or its first part with the dot such as query.',
  })
  action?: string;

  /**
   * Only what was done to this object, by its id or name.
   * @example "qry_01j8x0q0000000000000000000"
   */
  @IsOptional()
  @IsString()
  @Length(1, 500)
  object?: string;

  /** Only events with this outcome. */
  @IsOptional()
  @IsIn(outcomes)
  outcome?: Outcome;

  /**
   * Only events at this time or later.
   * @example "2026-01-01T00:00:00Z"
   */
  @IsOptional()
  @IsRFC3339()
  @IsISO8601({ strict: true })
  from?: string;

  /**
   * Only events before this time.
   * @example "2026-02-01T00:00:00Z"
   */
  @IsOptional()
  @IsRFC3339()
  @IsISO8601({ strict: true })
  to?: string;

  /**
   * workspace: the events of this workspace. service: those of all workspaces, and those that belong to none, such as
   * sign-ins; for administrators of the service only.
   */
  @ApiPropertyOptional()
  @IsOptional()
  @IsIn(['workspace', 'service'])
  scope: 'workspace' | 'service' = 'workspace';
}

/** Which events to list. */
export class ListAuditEvents extends IntersectionType(AuditFilter, PageQuery) {}

/** Which events to export, and how. */
export class ExportAuditEvents extends AuditFilter {
  /** csv: one line each under a header. jsonl: one JSON object a line, as in the list. */
  @ApiPropertyOptional()
  @IsOptional()
  @IsIn(exportFormats)
  format: ExportFormat = 'csv';
}

/** Who did what to which object, when, from where and with what result. Events are never changed or deleted. */
export class AuditEvent {
  /** @example "evt_01j8x0q0000000000000000000" */
  event_id!: string;

  /** @example "2026-01-31T09:30:00.123Z" */
  at!: string;

  /** Null for what belongs to no workspace, such as a sign-in. */
  workspace_id!: string | null;

  /** Null when it is not known, or when the service acted by itself. */
  user_id!: string | null;

  /**
   * The user's address as it is now; null for a user who was deleted.
   * @example "ada@example.com"
   */
  user_email!: string | null;

  /** @example "query.run" */
  action!: string;

  /**
   * Id or name of what was acted on.
   * @example "qry_01j8x0q0000000000000000000"
   */
  object!: string | null;

  outcome!: Outcome;

  /**
   * Where the request came from; null for background work.
   * @example "203.0.113.7"
   */
  address!: string | null;

  /** The `X-Request-Id` of the answer; null for background work. */
  request_id!: string | null;

  /**
   * Small facts, such as the tables that a query read. Never the data itself.
   * @example { "state": "succeeded", "data_versions": { "orders": 3 } }
   */
  detail!: Record<string, unknown> | null;
}

/** One page of audit events, newest first. */
export class AuditEventPage {
  items!: AuditEvent[];
  next_cursor!: string | null;
}
