import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { newId } from '../../platform/ids.js';
import { CursorCodec } from '../../platform/paging/cursor.js';
import { Clock } from '../../providers/clock/clock.js';
import { ConditionFailed } from '../../providers/item-store/errors.js';
import type { ItemKey } from '../../providers/item-store/item-store.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import type { MessageItem } from '../conversations/conversation.js';
import { ConversationsService } from '../conversations/conversations.service.js';
import { QueryPlanner } from '../queries/query-planner.js';
import { answerSource } from './domain/answer-source.js';
import { type FeedbackText, feedbackTexts, shownFeedback } from './domain/feedback-text.js';
import { FeedbackBusy, NotAnAnswer } from './errors.js';
import { ExportFeedback, FeedbackPage, GiveFeedback, ListFeedback, MessageFeedback } from './feedback.dto.js';
import type { FeedbackItem } from './feedback.js';
import { feedbackPrefix, FeedbackRepository, type FeedbackSelection } from './feedback.repository.js';

const exportedAtOnce = 200;
const attempts = 5;
/** Characters of question and answer that are kept with feedback. */
const keptText = 20_000;

/** What people think of the answers that they got. */
@Injectable()
export class FeedbackService {
  constructor(
    private readonly feedback: FeedbackRepository,
    private readonly conversations: ConversationsService,
    private readonly planner: QueryPlanner,
    private readonly audit: AuditLog,
    private readonly cursors: CursorCodec,
    private readonly clock: Clock,
  ) {}

  /** Replaces what the caller thought before. Throws `MessageNotFound`, `NotAnAnswer`, or `SqlRefused` for corrected SQL. */
  async give(caller: Caller, messageId: string, input: GiveFeedback): Promise<MessageFeedback> {
    const corrected = input.corrected_sql === undefined ? [] : await this.tablesOf(caller, input.corrected_sql);
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const message = await this.conversations.messageItem(caller, messageId);
      if (message.role !== 'assistant') throw new NotAnAnswer(messageId);
      const item = await this.itemFor(caller, message, input, corrected);
      try {
        await this.feedback.put(message, item, onMessage(item));
        const detail = { rating: item.rating };
        await this.audit.record({ ...caller, action: 'answer.rated', object: messageId, outcome: 'allowed', detail });
        return forAuthor(item);
      } catch (error) {
        if (!(error instanceof ConditionFailed)) throw error;
      }
    }
    throw new FeedbackBusy();
  }

  async list(caller: Caller, { limit, cursor, ...selection }: ListFeedback): Promise<FeedbackPage> {
    const { workspaceId } = caller;
    const scope = `feedback/${JSON.stringify([workspaceId, selection])}`;
    const after = cursor === undefined ? undefined : this.cursors.decode<ItemKey<FeedbackItem>>(scope, cursor);
    const { items, next } = await this.feedback.list(workspaceId, selection, limit, after);
    this.audit.note({ ...caller, action: 'feedback.read', outcome: 'allowed', detail: { ...selection } });
    return { items: items.map(shownFeedback), next_cursor: next ? this.cursors.encode(scope, next) : null };
  }

  /** All of it as a text file, as fast as it is read. */
  async export(caller: Caller, { format, ...selection }: ExportFeedback): Promise<Readable> {
    const detail = { format, ...selection };
    await this.audit.record({ ...caller, action: 'feedback.exported', outcome: 'allowed', detail });
    return Readable.from(this.texts(caller.workspaceId, selection, feedbackTexts[format]), { objectMode: false });
  }

  private async *texts(
    workspaceId: string,
    selection: FeedbackSelection,
    { header, line }: FeedbackText,
  ): AsyncGenerator<string> {
    yield header;
    let after: ItemKey<FeedbackItem> | undefined;
    do {
      const page = await this.feedback.list(workspaceId, selection, exportedAtOnce, after);
      yield page.items.map(line).join('');
      after = page.next;
    } while (after);
  }

  private async itemFor(
    caller: Caller,
    message: MessageItem,
    { rating, reason, comment, corrected_sql }: GiveFeedback,
    correctedTables: readonly string[],
  ): Promise<FeedbackItem> {
    const now = this.clock.now();
    const before = message.feedback === undefined ? undefined : (JSON.parse(message.feedback) as MessageFeedback);
    const source = answerSource(message.attachments);
    const question = source.question ?? (await this.conversations.questionOf(caller, message.message_id)).content;
    return {
      workspace_id: caller.workspaceId,
      feedback_id: before?.feedback_id ?? newId(feedbackPrefix, now.getTime()),
      rated: `${caller.workspaceId}#${rating}`,
      rating,
      ...(reason !== undefined && { reason }),
      ...(comment !== undefined && { comment }),
      question: question.slice(0, keptText),
      answer: message.content.slice(0, keptText),
      ...(source.sql !== undefined && { sql: source.sql }),
      tables: source.tables,
      ...(corrected_sql !== undefined && { corrected_sql, corrected_tables: correctedTables }),
      user_id: caller.userId,
      message_id: message.message_id,
      conversation_id: message.conversation_id,
      created_at: before?.created_at ?? now.toISOString(),
      updated_at: now.toISOString(),
    };
  }

  private async tablesOf(caller: Caller, sql: string): Promise<readonly string[]> {
    return (await this.planner.check(caller, sql)).statement.tables;
  }
}

/** What the message keeps, as JSON. */
function onMessage(item: FeedbackItem): string {
  const { message_id: _, ...rest } = forAuthor(item);
  return JSON.stringify(rest);
}

function forAuthor(item: FeedbackItem): MessageFeedback {
  const { feedback_id, message_id, rating, reason, comment, corrected_sql, created_at, updated_at } =
    shownFeedback(item);
  return { feedback_id, message_id, rating, reason, comment, corrected_sql, created_at, updated_at };
}
