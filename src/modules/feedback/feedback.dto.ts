import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsRFC3339, IsString, Length, MaxLength } from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';
import { IsStorable } from '../../platform/http/is-storable.js';
import { PageQuery } from '../../platform/paging/page.dto.js';
import type { QueryParameter } from '../../providers/query-engine/query-engine.js';
import { IsQueryParameters } from '../queries/is-query-parameters.js';
import { type Rating, ratings } from './feedback.js';

const feedbackFormats = ['jsonl', 'csv', 'cases'] as const;

/** What you think of an answer. Question and answer are shown with it to those who may read feedback. */
export class GiveFeedback {
  /** @example "down" */
  @IsIn(ratings)
  rating!: Rating;

  /**
   * In a word.
   * @example "wrong table"
   */
  @IsOptional()
  @IsString()
  @IsStorable()
  @Length(1, 200)
  reason?: string;

  /** @example "Cancelled orders should not count." */
  @IsOptional()
  @IsString()
  @IsStorable()
  @MaxLength(4000)
  comment?: string;

  /**
   * The statement that would have been right; checked as any other.
   * @example "select count(*) from orders where state <> 'cancelled'"
   */
  @IsOptional()
  @IsString()
  @IsStorable()
  @Length(1, 50_000)
  corrected_sql?: string;
}

/** Feedback as its author sees it. */
export class MessageFeedback {
  /** @example "fb_01j8x0q0000000000000000000" */
  feedback_id!: string;

  message_id!: string;

  /** @example "down" */
  rating!: Rating;

  reason!: string | null;
  comment!: string | null;
  corrected_sql!: string | null;
  created_at!: string;
  updated_at!: string;
}

/** Which feedback is wanted. */
export class FeedbackFilter {
  /** Only this rating. */
  @IsOptional()
  @IsIn(ratings)
  rating?: Rating;

  /**
   * Only feedback first given at this time or later.
   * @example "2026-01-01T00:00:00Z"
   */
  @IsOptional()
  @IsRFC3339()
  @IsISO8601({ strict: true })
  from?: string;

  /**
   * Only feedback first given before this time.
   * @example "2026-02-01T00:00:00Z"
   */
  @IsOptional()
  @IsRFC3339()
  @IsISO8601({ strict: true })
  to?: string;
}

export class ListFeedback extends IntersectionType(FeedbackFilter, PageQuery) {}

export class ExportFeedback extends FeedbackFilter {
  /**
   * csv: one line each under a header. jsonl: one JSON object a line, as in the list. cases: a line
   * `{question, gold_sql, tables}` for each question whose right SQL is known, for evaluations.
   */
  @ApiPropertyOptional()
  @IsOptional()
  @IsIn(feedbackFormats)
  format: (typeof feedbackFormats)[number] = 'jsonl';
}

/** Feedback with what it is about. */
export class Feedback extends MessageFeedback {
  user_id!: string;
  conversation_id!: string;

  /**
   * As it was understood, standing on its own.
   * @example "How many orders came from Lisbon?"
   */
  question!: string;

  /** @example "There were 41 orders from Lisbon." */
  answer!: string;

  /** What was run for the answer; null where nothing was. */
  sql!: string | null;

  /** @example ["orders"] */
  tables!: string[];
}

/** One page of feedback, newest first. */
export class FeedbackPage {
  items!: Feedback[];
  next_cursor!: string | null;
}

/** What to keep of an answer as verified. */
export class VerifyAnswer {
  /**
   * Absent: the question as it was understood.
   * @example "How many orders came from Lisbon?"
   */
  @IsOptional()
  @IsString()
  @IsStorable()
  @Length(1, 2000)
  question?: string;

  /**
   * Absent: the SQL that your feedback has corrected, or else the answer's own.
   * @example "select count(*) from orders where city = ?"
   */
  @IsOptional()
  @IsString()
  @IsStorable()
  @Length(1, 50_000)
  sql?: string;

  /**
   * One value for each `?` of the statement.
   * @example ["Lisbon"]
   */
  @ApiProperty({
    required: false,
    type: 'array',
    items: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'null' }] },
  })
  @IsOptional()
  @IsQueryParameters()
  parameters?: QueryParameter[];
}

/** A question that is answered with SQL which somebody has found to be right. */
export class VerifiedQuestion {
  /** @example "vq_01j8x0q0000000000000000000" */
  verified_id!: string;

  /** @example "How many orders came from Lisbon?" */
  question!: string;

  /** @example "select count(*) from orders where city = ?" */
  sql!: string;

  @ApiProperty({
    type: 'array',
    items: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'null' }] },
  })
  parameters!: QueryParameter[];

  tables!: string[];

  /** Who verified it. */
  user_id!: string;
  created_at!: string;
}

/** One page of verified questions, newest first. */
export class VerifiedQuestionPage {
  items!: VerifiedQuestion[];
  next_cursor!: string | null;
}
