import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { newId } from '../../platform/ids.js';
import { CursorCodec } from '../../platform/paging/cursor.js';
import { Clock } from '../../providers/clock/clock.js';
import type { ItemKey } from '../../providers/item-store/item-store.js';
import type { Caller } from '../access/caller.js';
import { PermissionDenied } from '../access/errors.js';
import { AuditLog } from '../audit/audit.log.js';
import { Authenticator } from '../auth/authenticator.js';
import { ChatbotsService } from '../chatbots/chatbots.service.js';
import { DownloadOptions } from '../queries/query.dto.js';
import { QueryResultsService } from '../queries/query-results.service.js';
import { PromptNotFound, PromptWithoutResult } from './errors.js';
import { promptKey, type PromptItem } from './prompt.js';
import { AcceptedPrompt, CreatePrompt, ListPrompts, PromptPage, PromptRequest } from './prompt.dto.js';
import { PromptWatch } from './prompt-watch.js';
import { ownerStatus, PromptsRepository } from './prompts.repository.js';

/** Questions of programs: asked now, answered later. */
@Injectable()
export class PromptsService {
  constructor(
    private readonly prompts: PromptsRepository,
    private readonly watch: PromptWatch,
    private readonly chatbots: ChatbotsService,
    private readonly results: QueryResultsService,
    private readonly authenticator: Authenticator,
    private readonly cursors: CursorCodec,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Accepts a question: it will be answered, whatever dies. Throws `PermissionDenied` or `ChatbotNotFound`. */
  async create(caller: Caller, { prompt, chatbot_id }: CreatePrompt): Promise<AcceptedPrompt> {
    if (!caller.permissions.has('queries:run')) throw new PermissionDenied('queries:run');
    if (chatbot_id !== undefined) await this.chatbots.resolve(caller, chatbot_id);
    const item = this.newItem(caller, prompt, chatbot_id);
    await this.prompts.insert(item);
    await this.watch.enqueue(item);
    const { request_id, status } = item;
    await this.audit.record({ ...caller, action: 'prompt.asked', object: request_id, outcome: 'allowed' });
    return { request_id, status };
  }

  async get(caller: Caller, requestId: string): Promise<PromptRequest> {
    return shown(await this.item(caller, requestId));
  }

  async list(caller: Caller, { status, limit, cursor }: ListPrompts): Promise<PromptPage> {
    const owner = ownerOf(caller);
    const scope = `prompts/${owner}/${status ?? ''}`;
    const after = cursor === undefined ? undefined : this.cursors.decode<ItemKey<PromptItem>>(scope, cursor);
    const { items, next } = await this.prompts.list(owner, status, limit, after);
    return { items: items.map(shown), next_cursor: next ? this.cursors.encode(scope, next) : null };
  }

  /** The rows behind the answer. Throws `PromptNotFound`, `PromptWithoutResult`, `PermissionDenied` or `ResultExpired`. */
  async result(caller: Caller, requestId: string, options: DownloadOptions, signal: AbortSignal): Promise<Readable> {
    const { query_id: queryId } = await this.item(caller, requestId);
    if (!caller.permissions.has('queries:read')) throw new PermissionDenied('queries:read');
    if (queryId === undefined) throw new PromptWithoutResult(requestId);
    return this.results.download(caller, queryId, options, signal);
  }

  private async item({ workspaceId, userId }: Caller, requestId: string): Promise<PromptItem> {
    const item = await this.prompts.find(workspaceId, requestId);
    if (item?.user_id !== userId) throw new PromptNotFound(requestId);
    return item;
  }

  private newItem(caller: Caller, prompt: string, chatbotId: string | undefined): PromptItem {
    const now = this.clock.now();
    const requestId = newId('prompt', now.getTime());
    const owner = ownerOf(caller);
    return {
      request: promptKey(caller.workspaceId, requestId),
      request_id: requestId,
      workspace_id: caller.workspaceId,
      user_id: caller.userId,
      human_prompt: prompt,
      ...(chatbotId !== undefined && { chatbot_id: chatbotId }),
      status: 'PENDING',
      owner,
      owner_status: ownerStatus(owner, 'PENDING'),
      created: `${now.toISOString()}#${requestId}`,
      created_at: now.toISOString(),
      updated_at: now.toISOString(),
      caller: this.authenticator.remember(caller),
      open: 'open',
      due_at: this.watch.firstLook(),
    };
  }
}

function ownerOf({ workspaceId, userId }: Caller): string {
  return `${workspaceId}#${userId}`;
}

function shown(item: PromptItem): PromptRequest {
  const { request_id, user_id, human_prompt, status, sql, answer, query_id, error, created_at, updated_at } = item;
  return {
    request_id,
    user_id,
    human_prompt,
    status,
    ...(sql !== undefined && { sql }),
    ...(answer !== undefined && { answer }),
    ...(query_id !== undefined && { result_url: `/api/v1/prompts/${request_id}/result` }),
    ...(error !== undefined && { error: JSON.parse(error) as object }),
    created_at,
    updated_at,
  };
}
