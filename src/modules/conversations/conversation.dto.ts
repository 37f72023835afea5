import { IsString, IsUUID, Length, MaxLength } from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';
import { IsStorable } from '../../platform/http/is-storable.js';
import { PageQuery } from '../../platform/paging/page.dto.js';
import { AnswerChart, AnswerFeedback, AnswerProvenance } from './answer-sources.dto.js';
import type { MessageStatus } from './conversation.js';

/** A new conversation. */
export class CreateConversation {
  /**
   * Absent: the first question becomes the title.
   * @example "Orders by city"
   */
  @IsOptional()
  @IsString()
  @IsStorable()
  @Length(1, 200)
  title?: string;

  /** Which chatbot answers; absent: the workspace's default one. */
  @IsOptional()
  @IsUUID()
  chatbot_id?: string;
}

/** What to change of a conversation; what is absent stays. */
export class ChangeConversation {
  /** @example "Orders by city" */
  @IsOptional()
  @IsString()
  @IsStorable()
  @Length(1, 200)
  title?: string;

  /** Which chatbot answers from now on. */
  @IsOptional()
  @IsUUID()
  chatbot_id?: string;
}

/** Where a fork begins. */
export class ForkConversation {
  /** The last message that the new conversation shares with this one; absent: all of them. */
  @IsOptional()
  @IsString()
  @IsStorable()
  @MaxLength(100)
  message_id?: string;
}

export class ListConversations extends PageQuery {
  /**
   * Only those whose title or last message contains this, whatever the case.
   * @example "lisbon"
   */
  @IsOptional()
  @IsString()
  @IsStorable()
  @MaxLength(200)
  search?: string;
}

/** A conversation. It belongs to whoever began it; nobody else sees it. */
export class Conversation {
  /** @example "conv_01j8x0q0000000000000000000" */
  conversation_id!: string;

  /** @example "Orders by city" */
  title!: string;

  chatbot_id!: string | null;
  created_at!: string;
  updated_at!: string;

  /** @example 2 */
  message_count!: number;

  /**
   * The beginning of the last message.
   * @example "There were 41 orders from Lisbon."
   */
  last_message!: string | null;

  /** The run that works on an answer now. */
  active_run_id!: string | null;
}

export class ConversationPage {
  items!: Conversation[];
  next_cursor!: string | null;
}

/** A message of a conversation. */
export class Message {
  /** @example "msg_01j8x0q0000000000000000000" */
  message_id!: string;

  conversation_id!: string;

  /** @example "assistant" */
  role!: 'user' | 'assistant';

  /** @example "There were 41 orders from Lisbon." */
  content!: string;

  /** `partial`, `cancelled` and `failed` answers hold what had been said. */
  status!: MessageStatus;

  created_at!: string;

  /** The run that gave, or gives, the answer. */
  run_id?: string;

  /** Where every number of the answer comes from. */
  provenance?: AnswerProvenance;

  /** How to draw the answer; holds the query's id, not its rows. */
  chart?: AnswerChart;

  /** The query whose result the answer is about. */
  query_id?: string;

  /** Questions that might come next. */
  follow_ups?: string[];

  /** What its reader thinks of it. */
  feedback?: AnswerFeedback;
}

/** Messages in the order of the conversation; the first page is its end, `next_cursor` leads to earlier ones. */
export class MessagePage {
  items!: Message[];
  next_cursor!: string | null;
}
