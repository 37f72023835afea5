import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../platform/errors/common-problems.js';
import { newId } from '../../platform/ids.js';
import { CursorCodec } from '../../platform/paging/cursor.js';
import type { PageQuery } from '../../platform/paging/page.dto.js';
import { Clock } from '../../providers/clock/clock.js';
import { type ItemKey, ItemStore } from '../../providers/item-store/item-store.js';
import type { QueryParameter } from '../../providers/query-engine/query-engine.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { ConversationsService } from '../conversations/conversations.service.js';
import { QueryPlanner } from '../queries/query-planner.js';
import { answerSource } from './domain/answer-source.js';
import { asksTheSame, normalizedQuestion } from './domain/same-question.js';
import { NotAnAnswer, NothingToVerify, TooManyVerifiedQuestions, VerifiedQuestionNotFound } from './errors.js';
import { VerifiedQuestion, VerifiedQuestionPage, VerifyAnswer } from './feedback.dto.js';
import { type VerifiedItem, verifiedTable } from './feedback.js';

const perWorkspace = 1000;

/** Questions whose SQL somebody has found to be right: asked again, they are answered with it. */
@Injectable()
export class VerifiedQuestions {
  constructor(
    private readonly items: ItemStore,
    private readonly conversations: ConversationsService,
    private readonly planner: QueryPlanner,
    private readonly audit: AuditLog,
    private readonly cursors: CursorCodec,
    private readonly clock: Clock,
  ) {}

  /** The verified question that asks the same; undefined when there is none. */
  async match(workspaceId: string, question: string): Promise<VerifiedQuestion | undefined> {
    const exact = await this.asked(workspaceId, question);
    if (exact) return shown(exact);
    const found = (await this.all(workspaceId)).find((item) => asksTheSame(item.question, question));
    return found && shown(found);
  }

  /**
   * Keeps an answer's question with its SQL, in place of what was kept for the same question. Throws `MessageNotFound`,
   * `NotAnAnswer`, `NothingToVerify`, `SqlRefused`.
   */
  async verify(caller: Caller, messageId: string, input: VerifyAnswer): Promise<VerifiedQuestion> {
    const { workspaceId } = caller;
    const { question, sql } = await this.meant(caller, messageId, input);
    const parameters = input.parameters ?? [];
    const { statement } = await this.planner.check(caller, sql);
    refuseWrongCount(statement.parameterCount, parameters);
    const before = await this.asked(workspaceId, question);
    if (!before && (await this.all(workspaceId)).length >= perWorkspace)
      throw new TooManyVerifiedQuestions(perWorkspace);
    const now = this.clock.now();
    const item: VerifiedItem = {
      workspace_id: workspaceId,
      verified_id: before?.verified_id ?? newId('vq', now.getTime()),
      asked: askedKey(workspaceId, question),
      question,
      sql,
      parameters: JSON.stringify(parameters),
      tables: statement.tables,
      user_id: caller.userId,
      created_at: now.toISOString(),
    };
    await this.items.put(verifiedTable, item);
    await this.record(caller, 'question.verified', item.verified_id);
    return shown(item);
  }

  async list({ workspaceId }: Caller, { limit, cursor }: PageQuery): Promise<VerifiedQuestionPage> {
    const scope = `verified-questions/${workspaceId}`;
    const after = cursor === undefined ? undefined : this.cursors.decode<ItemKey<VerifiedItem>>(scope, cursor);
    const page = await this.items.query(verifiedTable, { partition: workspaceId, order: 'descending', limit, after });
    return { items: page.items.map(shown), next_cursor: page.next ? this.cursors.encode(scope, page.next) : null };
  }

  async delete(caller: Caller, verifiedId: string): Promise<void> {
    const key = { workspace_id: caller.workspaceId, verified_id: verifiedId };
    if (!(await this.items.get(verifiedTable, key))) throw new VerifiedQuestionNotFound();
    await this.items.delete(verifiedTable, key);
    await this.record(caller, 'verified_question.deleted', verifiedId);
  }

  /** What the caller says, else what they have corrected, else what the answer was made from. */
  private async meant(
    caller: Caller,
    messageId: string,
    input: VerifyAnswer,
  ): Promise<{ question: string; sql: string }> {
    const message = await this.conversations.messageItem(caller, messageId);
    if (message.role !== 'assistant') throw new NotAnAnswer(messageId);
    const source = answerSource(message.attachments);
    const { corrected_sql } = JSON.parse(message.feedback ?? '{}') as { corrected_sql?: string | null };
    const sql = input.sql ?? corrected_sql ?? source.sql;
    if (sql === undefined) throw new NothingToVerify();
    const question =
      input.question ?? source.question ?? (await this.conversations.questionOf(caller, messageId)).content;
    return { question: question.slice(0, 2000), sql };
  }

  private async asked(workspaceId: string, question: string): Promise<VerifiedItem | undefined> {
    const partition = askedKey(workspaceId, question);
    return (await this.items.query(verifiedTable, { index: 'by_question', partition, limit: 1 })).items[0];
  }

  private async all(workspaceId: string): Promise<readonly VerifiedItem[]> {
    const found: VerifiedItem[] = [];
    let after: ItemKey<VerifiedItem> | undefined;
    do {
      const page = await this.items.query(verifiedTable, { partition: workspaceId, limit: perWorkspace, after });
      found.push(...page.items);
      after = page.next;
    } while (after);
    return found;
  }

  private async record(caller: Caller, action: string, object: string): Promise<void> {
    await this.audit.record({ ...caller, action, object, outcome: 'allowed' });
  }
}

function refuseWrongCount(wanted: number, parameters: readonly QueryParameter[]): void {
  if (parameters.length === wanted) return;
  const detail = `must have ${wanted} values, one for each ? of the statement; it has ${parameters.length}`;
  throw new InvalidRequest([{ pointer: '/parameters', detail }]);
}

function askedKey(workspaceId: string, question: string): string {
  return `${workspaceId}#${createHash('sha256').update(normalizedQuestion(question)).digest('base64url')}`;
}

function shown({
  verified_id,
  question,
  sql,
  parameters,
  tables,
  user_id,
  created_at,
}: VerifiedItem): VerifiedQuestion {
  return {
    verified_id,
    question,
    sql,
    parameters: JSON.parse(parameters) as QueryParameter[],
    tables: [...tables],
    user_id,
    created_at,
  };
}
