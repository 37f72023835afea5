import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';

export interface ChatbotRow {
  workspace_id: string;
  chatbot_id: string;
  /** JSON of `ChatbotDefinition`. */
  definition: string;
  /** 1 for the one that a member chose as the default; none has it while the one that came with the workspace is. */
  is_default: number;
  version: number;
  created_at: string;
  updated_at: string;
}

export interface ChatbotVersionRow {
  workspace_id: string;
  chatbot_id: string;
  version: number;
  definition: string;
  user_id: string | null;
  created_at: string | null;
}

interface ChatbotTables {
  chatbots: ChatbotRow;
  chatbot_versions: ChatbotVersionRow;
}

/** Where a page of the list goes on. */
export interface ChatbotPlace {
  readonly created_at: string;
  readonly chatbot_id: string;
}

type Transacting = Database | DatabaseTransaction;

@Injectable()
export class ChatbotsRepository {
  constructor(private readonly database: Database) {}

  async find(workspaceId: string, id: string, within: Transacting = this.database): Promise<ChatbotRow | undefined> {
    return this.chatbots(workspaceId, within).where('chatbot_id', '=', id).executeTakeFirst();
  }

  /** The one that a member chose. */
  async findDefault(workspaceId: string): Promise<ChatbotRow | undefined> {
    return this.chatbots(workspaceId, this.database).where('is_default', '=', 1).executeTakeFirst();
  }

  /** Oldest first, after the place, without the one with the id. */
  async list(
    workspaceId: string,
    { without, limit, after }: { without: string; limit: number; after: ChatbotPlace | undefined },
  ): Promise<ChatbotRow[]> {
    const query = this.chatbots(workspaceId, this.database)
      .where('chatbot_id', '!=', without)
      .orderBy('created_at')
      .orderBy('chatbot_id')
      .limit(limit);
    if (after === undefined) return query.execute();
    return query
      .where(({ eb, or, and }) =>
        or([
          eb('created_at', '>', after.created_at),
          and([eb('created_at', '=', after.created_at), eb('chatbot_id', '>', after.chatbot_id)]),
        ]),
      )
      .execute();
  }

  /** False when there is one with this id. */
  async insert(transaction: DatabaseTransaction, row: ChatbotRow): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await transaction
      .tables<ChatbotTables>()
      .insertInto('chatbots')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return (numInsertedOrUpdatedRows ?? 0n) > 0n;
  }

  /** False when the row has another version than the one before by now, or is gone. */
  async update(
    transaction: DatabaseTransaction,
    { workspace_id, chatbot_id, definition, version, updated_at }: ChatbotRow,
  ): Promise<boolean> {
    const { numUpdatedRows } = await transaction
      .tables<ChatbotTables>()
      .updateTable('chatbots')
      .set({ definition, version, updated_at })
      .where('workspace_id', '=', workspace_id)
      .where('chatbot_id', '=', chatbot_id)
      .where('version', '=', version - 1)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async makeDefault(transaction: DatabaseTransaction, workspaceId: string, id: string | undefined): Promise<void> {
    await transaction
      .tables<ChatbotTables>()
      .updateTable('chatbots')
      .set({ is_default: sql`case when chatbot_id = ${id ?? ''} then 1 else 0 end` })
      .where('workspace_id', '=', workspaceId)
      .execute();
  }

  /** False when it is the default, has another version, or is gone. */
  async delete(transaction: DatabaseTransaction, { workspace_id, chatbot_id, version }: ChatbotRow): Promise<boolean> {
    const { numDeletedRows } = await transaction
      .tables<ChatbotTables>()
      .deleteFrom('chatbots')
      .where('workspace_id', '=', workspace_id)
      .where('chatbot_id', '=', chatbot_id)
      .where('version', '=', version)
      .where('is_default', '=', 0)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  async insertVersion(transaction: DatabaseTransaction, row: ChatbotVersionRow): Promise<void> {
    await transaction.tables<ChatbotTables>().insertInto('chatbot_versions').values(row).execute();
  }

  async version(workspaceId: string, id: string, version: number): Promise<ChatbotVersionRow | undefined> {
    return this.versions(workspaceId, id).where('version', '=', version).executeTakeFirst();
  }

  /** Latest first, older than `before`. */
  async listVersions(
    workspaceId: string,
    id: string,
    limit: number,
    before: number | undefined,
  ): Promise<ChatbotVersionRow[]> {
    const query = this.versions(workspaceId, id).orderBy('version', 'desc').limit(limit);
    return (before === undefined ? query : query.where('version', '<', before)).execute();
  }

  private chatbots(workspaceId: string, within: Transacting) {
    return within.tables<ChatbotTables>().selectFrom('chatbots').selectAll().where('workspace_id', '=', workspaceId);
  }

  private versions(workspaceId: string, id: string) {
    return this.database
      .tables<ChatbotTables>()
      .selectFrom('chatbot_versions')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('chatbot_id', '=', id);
  }
}
