import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional as MayBeNull,
  IsString,
  IsUUID,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { IsLabel } from '../../platform/http/is-label.js';
import { IsOptional } from '../../platform/http/is-optional.js';
import { IsStorable } from '../../platform/http/is-storable.js';
import { PageQuery } from '../../platform/paging/page.dto.js';
import { type SourceKind, sourceKinds } from '../../providers/connectors/connector.js';
import { visibilities, type Visibility } from '../sources/sources.repository.js';

const gitLab = { url: 'https://gitlab.com', projects: ['group/project'], include: ['issues', 'merge_requests'] };
const secretPattern = /^[\x21-\x7e]{1,4000}$/;
const secretMessage = { message: 'must be 1 to 4000 characters of ASCII without spaces' };

/** What the platform asks for, and what proves that it is the platform. Stored encrypted and never shown. */
export class SourceSecretInput {
  /**
   * Slack: a bot or user token with `channels:read`, `channels:history`, `users:read` and, for files, `files:read`
   * (`groups:…` for private channels). GitLab: an access token with `read_api`. Backlog: an API key.
   * @example "glpat-XXXXXXXXXXXXXXXXXXXX"
   */
  @Matches(secretPattern, secretMessage)
  token!: string;

  /**
   * Slack: the signing secret of the app. GitLab: the signing token (`whsec_…`) or the secret token of the webhook.
   * Backlog: a text of your own, which goes into the address of the webhook as `?secret=`. Null removes it; without one,
   * webhooks are refused.
   * @example "whsec_dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q="
   */
  @ApiPropertyOptional({ type: String, nullable: true })
  @MayBeNull()
  @Matches(secretPattern, secretMessage)
  webhook_secret?: string | null;
}

/** What to change of a secret; what is absent stays. */
export class ChangeSourceSecret extends PartialType(SourceSecretInput, { skipNullProperties: false }) {}

/** A platform, and how to reach it. */
export class TestSource {
  /** @example "gitlab" */
  @IsIn(sourceKinds)
  kind!: SourceKind;

  /**
   * What to read. Slack: `channels` (names or ids; none: every public one that the app is in), `private_channels`, `files`,
   * `look_back_days` (how far incremental syncs look for replies and edits). GitLab: `url`, `projects` (paths; none: all
   * that the token’s account is a member of), `include` (of issues, merge_requests, wiki, readme), `confidential`.
   * Backlog: `url`, `projects` (keys; none: all), `include` (of issues, wikis).
   */
  @ApiProperty({ type: 'object', additionalProperties: true, example: gitLab })
  @IsObject()
  config!: Record<string, unknown>;

  @ApiProperty({ writeOnly: true })
  @IsObject()
  @ValidateNested()
  @Type(() => SourceSecretInput)
  secret!: SourceSecretInput;
}

/** A source to read documents from. */
export class CreateSource extends TestSource {
  /**
   * How people call it.
   * @example "Shop on GitLab"
   */
  @IsLabel()
  name!: string;

  /**
   * When to read what is new: a cron expression of five fields, in UTC. Null: only when asked, and by webhooks.
   * @example "*\/30 * * * *"
   */
  @ApiPropertyOptional({ type: String, nullable: true })
  @MayBeNull()
  @IsString()
  @Length(9, 100)
  schedule?: string | null;

  /**
   * Who may read what it brings: every member with documents:read, those in `member_ids`, or its creator alone.
   * @example "workspace"
   */
  @IsOptional()
  @IsIn(visibilities)
  visibility?: Visibility;

  /** Users who may read it, besides its creator, when the visibility is `members`. */
  @ApiPropertyOptional({ type: [String], example: [] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1000)
  @IsUUID(undefined, { each: true })
  member_ids?: string[];

  /**
   * Whether issues and merge requests also become a data set, kept up to date by syncs, at most once an hour. All members may
   * query data sets, so this goes with the visibility `workspace` only: with another one the data set is deleted. By default
   * on for GitLab and Backlog when that is the visibility.
   */
  @IsOptional()
  @IsBoolean()
  tables?: boolean;
}

/** What to change of a source; what is absent stays. A changed configuration is followed by a full sync. */
export class ChangeSource extends PartialType(OmitType(CreateSource, ['kind', 'secret']), {
  skipNullProperties: false,
}) {
  /** The token stays only with the address that it was given for. */
  @ApiPropertyOptional({ writeOnly: true })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ChangeSourceSecret)
  secret?: ChangeSourceSecret;
}

/** How a sync was asked for, and what of it. */
export class RequestSync {
  /**
   * `incremental` reads what has changed, `full` reads everything and finds out what is gone.
   * @example "incremental"
   */
  @IsOptional()
  @IsIn(['incremental', 'full'])
  mode?: 'incremental' | 'full';
}

/** Which sources to list. */
export class SourcesQuery {
  /** `deleted`: those that were deleted and can be restored, in place of the others. */
  @IsOptional()
  @IsIn(['deleted'])
  include?: 'deleted';
}

/** Which syncs to list. */
export class SyncsQuery extends PageQuery {}

/** What a sync has done. */
export class SyncCountsView {
  /** Documents that were new. */
  created!: number;

  /** Documents that were other than before. */
  changed!: number;

  /** Documents that were read and the same. */
  unchanged!: number;

  /** Documents that are gone at the platform. */
  removed!: number;

  /** Pages that were read and kept. */
  pages!: number;

  /** Webhooks that were followed. */
  events!: number;
}

/** Why a sync failed, or failed the last time: the parts of a problem document. */
export class SyncErrorView {
  /** @example "/problems/connector-refused" */
  type!: string;

  /** @example "The platform refused the connection" */
  title!: string;

  detail!: string;
}

/** The platform has asked to wait, as when its rate limit is used up. */
export class SyncWaitView {
  /** @example "its rate limit is used up" */
  reason!: string;

  until!: string;
}

/** One run over a source. It goes on where the one before was stopped. */
export class SourceSync {
  /** The job that does it: GET /api/v1/jobs/{job_id}/events follows it, POST /api/v1/jobs/{job_id}/cancel stops it. */
  job_id!: string;

  source_id!: string;

  /** What was asked for: everything, what has changed, or what webhooks tell of. */
  @ApiProperty({ enum: ['full', 'incremental', 'events'] })
  mode!: 'full' | 'incremental' | 'events';

  @ApiProperty({ enum: ['manual', 'schedule', 'webhook', 'change'] })
  trigger!: 'manual' | 'schedule' | 'webhook' | 'change';

  @ApiProperty({ enum: ['queued', 'running', 'succeeded', 'failed', 'cancelled'] })
  state!: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

  counts!: SyncCountsView;

  /**
   * How far it has come, in words.
   * @example "acme/shop: issues up to 2026-11-20"
   */
  progress!: string | null;

  /** How far it has come, as the connector keeps it. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, example: { since: {}, next: {} } })
  cursor!: Record<string, unknown> | null;

  /** Present when it has failed, or waits to be tried again after a failure. */
  error?: SyncErrorView;

  /** When it is tried again after a failure; null unless it waits for that. */
  next_try_at!: string | null;

  /** Present while a run waits for the platform. */
  waiting?: SyncWaitView;

  queued_at!: string;
  started_at!: string | null;
  finished_at!: string | null;
}

/** The syncs of a source, the newest first. */
export class SourceSyncPage {
  items!: SourceSync[];
  next_cursor!: string | null;
}

/** Where documents come from. */
export class Source {
  /** @example "src_01j8x0q0000000000000000000" */
  source_id!: string;

  @ApiProperty({ enum: sourceKinds })
  kind!: SourceKind;

  /** @example "Shop on GitLab" */
  name!: string;

  /** With its defaults filled in. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: gitLab })
  config!: Record<string, unknown>;

  /** Whether webhooks can be verified; without, they are refused. */
  has_webhook_secret!: boolean;

  /** The path that the platform’s webhooks go to, behind the address of this service. */
  webhook_path!: string;

  /** @example "*\/30 * * * *" */
  schedule!: string | null;

  paused!: boolean;

  @ApiProperty({ enum: visibilities })
  visibility!: Visibility;

  member_ids!: string[];

  /** Whether issues and merge requests become a data set. */
  tables!: boolean;

  /**
   * The data set that its issues and merge requests were published as. It stays when this is turned off, until it is deleted.
   * @example "shop_on_gitlab_issues"
   */
  dataset!: string | null;

  /** How many documents it holds. */
  documents!: number;

  /** The latest run over it. */
  last_sync!: SourceSync | null;

  /** When everything asked for had been read. */
  last_synced_at!: string | null;
  last_full_sync_at!: string | null;

  /** By its schedule; null when it has none or is paused. */
  next_sync_at!: string | null;

  version!: number;
  created_by!: string;
  created_at!: string;
  updated_at!: string;

  /** Until its documents are removed, it can be restored. */
  deleted_at!: string | null;

  /** When its documents are removed, if it is not restored before. */
  purge_at!: string | null;
}

/** All sources of a workspace. */
export class SourcePage {
  items!: Source[];
  next_cursor!: string | null;
}

/** A channel or project, and whether it can be read. */
export class ContainerReport {
  /** @example "acme/shop" */
  name!: string;

  readable!: boolean;

  /** What to do about it when not. */
  detail?: string;
}

/** What a connection test has found. */
export class ConnectionTest {
  /**
   * As whom the platform knows the token.
   * @example "tabletalk-bot"
   */
  account!: string;

  containers!: ContainerReport[];

  warnings!: string[];

  /** @example 312 */
  duration_ms!: number;
}

/** What became of a webhook. */
export class WebhookReceipt {
  /** Slack asks for its own word back when an address is set up. */
  challenge?: string;

  /** Whether it was taken now; false when it was there before, or nothing of the source is meant. */
  accepted?: boolean;
}

/** A name to confirm what is about to be deleted. */
export class DeleteSourceQuery {
  /** The exact name of the source. */
  @IsString()
  @IsStorable()
  confirm!: string;
}
