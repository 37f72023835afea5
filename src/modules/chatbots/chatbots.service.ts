import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CursorCodec } from '../../platform/paging/cursor.js';
import type { PageQuery } from '../../platform/paging/page.dto.js';
import { pageOf } from '../../platform/paging/page.js';
import { refuseOtherVersion, VersionConflict } from '../../platform/versions/entity-tag.js';
import { Clock } from '../../providers/clock/clock.js';
import { Database, type DatabaseTransaction } from '../../providers/database/database.js';
import type { Caller } from '../access/caller.js';
import { AuditLog } from '../audit/audit.log.js';
import { ToolsService } from '../tools/tools.service.js';
import { type ChatbotDefinition, type ResolvedChatbot, shippedChatbotId, shippedDefinition } from './chatbot.js';
import { ChatbotCheck } from './chatbot-check.js';
import { ChangeChatbot, Chatbot, ChatbotPage, ChatbotVersionPage, CreateChatbot } from './chatbot.dto.js';
import {
  firstVersion,
  type Found,
  found,
  placeOf,
  shown,
  shownVersion,
  stored,
  versionOf,
  withChange,
} from './chatbot-views.js';
import { type ChatbotPlace, type ChatbotRow, ChatbotsRepository } from './chatbots.repository.js';
import { ChatbotNeeded, ChatbotNotFound, ChatbotVersionNotFound } from './errors.js';

/** The chatbots of workspaces. One comes with each; its id is derived, and it has a row only once it was changed. */
@Injectable()
export class ChatbotsService {
  constructor(
    private readonly chatbots: ChatbotsRepository,
    private readonly check: ChatbotCheck,
    private readonly tools: ToolsService,
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly cursors: CursorCodec,
    private readonly clock: Clock,
  ) {}

  /** The chatbot that is meant: without an id the default one. Throws `ChatbotNotFound`, also for another workspace's. */
  async resolve({ workspaceId }: Pick<Caller, 'workspaceId'>, id: string | undefined): Promise<ResolvedChatbot> {
    const { isDefault: _, row: __, ...chatbot } = await this.find(workspaceId, id);
    return chatbot;
  }

  async create(caller: Caller, input: CreateChatbot): Promise<Chatbot> {
    const { workspaceId } = caller;
    const definition = withChange(shippedDefinition(this.tools.builtInNames()), { description: '', ...input });
    await this.check.refuseUnknown(workspaceId, definition);
    const row = this.newRow(workspaceId, randomUUID(), definition);
    await this.database.transaction(async (transaction) => {
      await this.chatbots.insert(transaction, row);
      await this.chatbots.insertVersion(transaction, versionOf(row, caller.userId));
      await this.audit.recordChange(transaction, caller, 'chatbot.created', row.chatbot_id);
    });
    return this.shown(workspaceId, found(row, false));
  }

  async list({ workspaceId }: Caller, { limit, cursor }: PageQuery): Promise<ChatbotPage> {
    const scope = `chatbots/${workspaceId}`;
    const after = cursor === undefined ? undefined : this.cursors.decode<ChatbotPlace>(scope, cursor);
    const shippedId = shippedChatbotId(workspaceId);
    const first = after === undefined ? [await this.find(workspaceId, shippedId)] : [];
    const rest = limit - first.length;
    const rows = await this.chatbots.list(workspaceId, { without: shippedId, limit: rest + 1, after });
    const warnings = await this.check.warner(workspaceId);
    return pageOf(
      [...first, ...rows.map((row) => found(row, row.is_default === 1))],
      limit,
      (chatbot) => shown(chatbot, warnings(chatbot)),
      ({ row }) => this.cursors.encode(scope, placeOf(row)),
    );
  }

  async get({ workspaceId }: Caller, id: string): Promise<Chatbot> {
    return this.shown(workspaceId, await this.find(workspaceId, id));
  }

  /** With `ifMatch`, only while the version is that one: else `VersionConflict`. */
  async change(caller: Caller, id: string, input: ChangeChatbot, ifMatch: string | undefined): Promise<Chatbot> {
    const current = await this.find(caller.workspaceId, id);
    refuseOtherVersion(ifMatch, current.version);
    const definition = withChange(current, input);
    await this.check.refuseUnknown(caller.workspaceId, definition, current);
    return this.become(caller, current, definition, 'chatbot.changed');
  }

  /** Makes the chatbot what it was, as a new version. Throws `ChatbotVersionNotFound`. */
  async restore(caller: Caller, id: string, version: string, ifMatch: string | undefined): Promise<Chatbot> {
    const current = await this.find(caller.workspaceId, id);
    refuseOtherVersion(ifMatch, current.version);
    const row = /^\d{1,9}$/.test(version) && (await this.chatbots.version(caller.workspaceId, id, Number(version)));
    if (row) return this.become(caller, current, JSON.parse(row.definition) as ChatbotDefinition, 'chatbot.restored');
    if (!current.row && version === '1') return this.become(caller, current, current, 'chatbot.restored');
    throw new ChatbotVersionNotFound(version);
  }

  async versions({ workspaceId }: Caller, id: string, { limit, cursor }: PageQuery): Promise<ChatbotVersionPage> {
    const current = await this.find(workspaceId, id);
    if (!current.row) return { items: [shownVersion(firstVersion(workspaceId, current))], next_cursor: null };
    const scope = `chatbots/${workspaceId}/${id}/versions`;
    const before = cursor === undefined ? undefined : this.cursors.decode<number>(scope, cursor);
    const rows = await this.chatbots.listVersions(workspaceId, id, limit + 1, before);
    return pageOf(rows, limit, shownVersion, ({ version }) => this.cursors.encode(scope, version));
  }

  /** From now on this one answers when a question names no chatbot. */
  async makeDefault(caller: Caller, id: string): Promise<Chatbot> {
    const { workspaceId } = caller;
    await this.find(workspaceId, id);
    await this.database.transaction(async (transaction) => {
      await this.chatbots.makeDefault(transaction, workspaceId, isShipped(workspaceId, id) ? undefined : id);
      await this.audit.recordChange(transaction, caller, 'chatbot.made_default', id);
    });
    return this.get(caller, id);
  }

  /** Throws `ChatbotNeeded` for the default one and for the one that came with the workspace. */
  async delete(caller: Caller, id: string, ifMatch: string | undefined): Promise<void> {
    const { row, version, isDefault } = await this.find(caller.workspaceId, id);
    refuseOtherVersion(ifMatch, version);
    if (isDefault) throw new ChatbotNeeded('It answers when a question names no chatbot.');
    if (!row || isShipped(caller.workspaceId, id)) throw new ChatbotNeeded('It came with the workspace.');
    await this.database.transaction(async (transaction) => {
      if (!(await this.chatbots.delete(transaction, row))) throw await this.conflict(transaction, row);
      await this.audit.recordChange(transaction, caller, 'chatbot.deleted', id);
    });
  }

  private async become(
    caller: Caller,
    current: Found,
    definition: ChatbotDefinition,
    action: string,
  ): Promise<Chatbot> {
    const { workspaceId } = caller;
    const base = current.row ?? this.newRow(workspaceId, current.id, current);
    const changed: ChatbotRow = {
      ...base,
      definition: stored(definition),
      version: current.version + 1,
      updated_at: this.clock.now().toISOString(),
    };
    await this.database.transaction(async (transaction) => {
      if (!(await this.write(transaction, current, changed))) throw await this.conflict(transaction, changed);
      await this.chatbots.insertVersion(transaction, versionOf(changed, caller.userId));
      await this.audit.recordChange(transaction, caller, action, current.id);
    });
    return this.shown(workspaceId, found(changed, current.isDefault));
  }

  /** False when somebody else was faster. The chatbot that came with the workspace gets its row, and its first version. */
  private async write(transaction: DatabaseTransaction, current: Found, changed: ChatbotRow): Promise<boolean> {
    if (current.row) return this.chatbots.update(transaction, changed);
    if (!(await this.chatbots.insert(transaction, changed))) return false;
    await this.chatbots.insertVersion(transaction, firstVersion(changed.workspace_id, current));
    return true;
  }

  private async find(workspaceId: string, id: string | undefined): Promise<Found> {
    const shippedId = shippedChatbotId(workspaceId);
    const chosen = id === undefined || id === shippedId ? await this.chatbots.findDefault(workspaceId) : undefined;
    if (id === undefined && chosen) return found(chosen, true);
    const row = await this.chatbots.find(workspaceId, id ?? shippedId);
    if (row) return found(row, row.chatbot_id === shippedId ? !chosen : row.is_default === 1);
    if (id !== undefined && id !== shippedId) throw new ChatbotNotFound();
    const definition = shippedDefinition(this.tools.builtInNames());
    return { ...definition, id: shippedId, version: 1, isDefault: !chosen, row: undefined };
  }

  private newRow(workspaceId: string, id: string, definition: ChatbotDefinition): ChatbotRow {
    const now = this.clock.now().toISOString();
    return {
      workspace_id: workspaceId,
      chatbot_id: id,
      definition: stored(definition),
      is_default: 0,
      version: 1,
      created_at: now,
      updated_at: now,
    };
  }

  private async shown(workspaceId: string, chatbot: Found): Promise<Chatbot> {
    const warnings = await this.check.warner(workspaceId);
    return shown(chatbot, warnings(chatbot));
  }

  private async conflict(transaction: DatabaseTransaction, { workspace_id, chatbot_id }: ChatbotRow) {
    const row = await this.chatbots.find(workspace_id, chatbot_id, transaction);
    return row ? new VersionConflict(row.version) : new ChatbotNotFound();
  }
}

function isShipped(workspaceId: string, id: string): boolean {
  return id === shippedChatbotId(workspaceId);
}
