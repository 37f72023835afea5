import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../providers/clock/clock.js';
import { tookEffect } from '../../providers/item-store/took-effect.js';
import {
  type Change,
  type ItemKey,
  type ItemPage,
  ItemStore,
  maximumTogether,
  write,
} from '../../providers/item-store/item-store.js';
import { PurgeJob } from '../workspaces/purge.job.js';
import { hasEnded, promptKey, type PromptItem, type PromptStatus, promptTable } from './prompt.js';

/** How a request ends. */
export type PromptEnd =
  | { readonly status: 'PROCESSED'; readonly answer: string; readonly sql?: string; readonly query_id?: string }
  | { readonly status: 'FAILED'; readonly error: string };

/** Prompt requests in the item store: PENDING, then PROCESSING, then PROCESSED or FAILED, which stay. */
@Injectable()
export class PromptsRepository implements OnModuleInit {
  constructor(
    private readonly items: ItemStore,
    private readonly clock: Clock,
    private readonly purge: PurgeJob,
  ) {}

  onModuleInit(): void {
    this.purge.alsoRemove((workspaceId) => this.removeAll(workspaceId));
  }

  find(workspaceId: string, requestId: string): Promise<PromptItem | undefined> {
    return this.items.get(promptTable, { request: promptKey(workspaceId, requestId) });
  }

  async insert(item: PromptItem): Promise<void> {
    await this.items.put(promptTable, item, { exists: false });
  }

  /** One user's requests, the latest first. */
  list(
    owner: string,
    status: PromptStatus | undefined,
    limit: number,
    after: ItemKey<PromptItem> | undefined,
  ): Promise<ItemPage<PromptItem>> {
    const where =
      status === undefined
        ? { index: 'by_owner', partition: owner }
        : { index: 'by_status', partition: ownerStatus(owner, status) };
    return this.items.query(promptTable, { ...where, order: 'descending', limit, after });
  }

  /** Requests that have not ended and that nobody has looked after until `now`. */
  async due(now: number, limit: number): Promise<readonly PromptItem[]> {
    return (await this.items.query(promptTable, { index: 'by_due', partition: 'open', sort: { atMost: now }, limit }))
      .items;
  }

  /** Looks after it again later. */
  async postpone(item: PromptItem, dueAt: number): Promise<void> {
    await this.changeIf(item, { due_at: item.due_at }, { set: { due_at: dueAt } });
  }

  /** Makes `attempt` the one whose outcome counts. False when the request has ended, or changed since it was read. */
  async claim(item: PromptItem, attempt: string): Promise<boolean> {
    if (hasEnded(item)) return false;
    const { status, attempt: before } = item;
    return this.changeIf(item, { status, attempt: before }, { set: { ...this.inStatus(item, 'PROCESSING'), attempt } });
  }

  /** False, and nothing has changed, when another attempt has been made since, or the request has ended. */
  async end(item: PromptItem, attempt: string | undefined, end: PromptEnd): Promise<boolean> {
    const set = { ...end, ...this.inStatus(item, end.status) };
    const before = { attempt, open: 'open' } as const;
    return this.changeIf(item, before, { set, remove: ['attempt', 'open', 'due_at'] });
  }

  private inStatus({ owner }: PromptItem, status: PromptStatus) {
    return { status, owner_status: ownerStatus(owner, status), updated_at: this.clock.now().toISOString() };
  }

  private changeIf(
    { request }: PromptItem,
    equals: { readonly [Name in keyof PromptItem]?: PromptItem[Name] | undefined },
    change: Change<PromptItem>,
  ): Promise<boolean> {
    return tookEffect(this.items.update(promptTable, { request }, change, { exists: true, equals }));
  }

  private async removeAll(workspaceId: string): Promise<void> {
    const query = { index: 'by_workspace', partition: workspaceId, limit: maximumTogether };
    for (;;) {
      const { items } = await this.items.query(promptTable, query);
      if (items.length === 0) return;
      await this.items.writeMany(items.map(({ request }) => write.delete(promptTable, { request })));
    }
  }
}

export function ownerStatus(owner: string, status: PromptStatus): string {
  return `${owner}#${status}`;
}
