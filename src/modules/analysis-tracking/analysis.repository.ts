import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { Clock } from '../../providers/clock/clock.js';
import {
  type Change,
  type ItemKey,
  type ItemPage,
  ItemStore,
  maximumTogether,
  type Write,
  write,
} from '../../providers/item-store/item-store.js';
import { removePartition } from '../../providers/item-store/remove-partition.js';
import { tookEffect } from '../../providers/item-store/took-effect.js';
import { PurgeJob } from '../workspaces/purge.job.js';
import {
  type AnalysisEventItem,
  analysisCountsTable,
  analysisEventTable,
  analysisKey,
  type AnalysisRequest,
  analysisTable,
  hasEnded,
  type Status,
  statuses,
  workspaceStatus,
} from './analysis-request.js';
import type { AnalysisEvent, Transition } from './domain/progress.js';

/** What the store keeps longer than it should by this is what nobody has removed in time. */
const expiryGraceSeconds = 7 * 86_400;
const dayMs = 86_400_000;

/**
 * Analyses in the item store. Every change is made together with its events, under the condition that the analysis is
 * as it was read: whoever was replaced, or was too late, changes nothing.
 */
@Injectable()
export class AnalysisRepository implements OnModuleInit {
  constructor(
    private readonly items: ItemStore,
    private readonly clock: Clock,
    private readonly purge: PurgeJob,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.purge.alsoRemove((workspaceId) => this.removeAll(workspaceId));
  }

  find(workspaceId: string, requestId: string): Promise<AnalysisRequest | undefined> {
    return this.items.get(analysisTable, { request: analysisKey(workspaceId, requestId) });
  }

  /** `item` with revision 0; it is stored with its first event. */
  async insert(item: AnalysisRequest, event: AnalysisEvent): Promise<AnalysisRequest> {
    const stored = { ...item, revision: 1 };
    await this.items.transact([
      write.put(analysisTable, stored, { exists: false }),
      this.eventWrite(stored, 1, event),
      count(item.workspace_id, { [item.overall_status]: 1 }),
    ]);
    return stored;
  }

  /** The analysis as it is then; undefined, and nothing has changed, when it is no longer as it was read. */
  async change(item: AnalysisRequest, { set, remove, events }: Transition): Promise<AnalysisRequest | undefined> {
    const status = set.overall_status ?? item.overall_status;
    const now = this.clock.now();
    const changed: Partial<AnalysisRequest> = {
      ...set,
      ...this.watching(item, status, now),
      workspace_status: workspaceStatus(item.workspace_id, status),
      revision: item.revision + events.length,
      updated_at: now.toISOString(),
    };
    const { revision, attempt } = item;
    const change: Change<AnalysisRequest> = { set: changed, ...(remove && { remove: [...remove] }) };
    const condition = { exists: true, equals: { revision, attempt, overall_status: item.overall_status } };
    const writes = [
      write.update(analysisTable, { request: item.request }, change, condition),
      ...events.map((event, index) => this.eventWrite(item, revision + index + 1, event)),
      ...(status === item.overall_status ? [] : [count(item.workspace_id, { [item.overall_status]: -1, [status]: 1 })]),
    ];
    if (!(await this.transacted(writes))) return undefined;
    return without({ ...item, ...changed }, remove ?? []);
  }

  /** The workspace's analyses, the latest first. */
  list(
    workspaceId: string,
    status: Status | undefined,
    limit: number,
    after: ItemKey<AnalysisRequest> | undefined,
  ): Promise<ItemPage<AnalysisRequest>> {
    const where =
      status === undefined
        ? { index: 'by_workspace', partition: workspaceId }
        : { index: 'by_status', partition: workspaceStatus(workspaceId, status) };
    return this.items.query(analysisTable, { ...where, order: 'descending', limit, after });
  }

  async total(workspaceId: string, status: Status | undefined): Promise<number> {
    const counts = await this.items.get(analysisCountsTable, { workspace_id: workspaceId });
    const counted: readonly Status[] = status === undefined ? statuses : [status];
    return counted.reduce((sum, each) => sum + (counts?.[each] ?? 0), 0);
  }

  /** Those that are to be looked after until `now`. */
  async due(watched: AnalysisRequest['watched'], now: number, limit: number): Promise<readonly AnalysisRequest[]> {
    const query = { index: 'by_due', partition: watched, sort: { atMost: now }, limit };
    return (await this.items.query(analysisTable, query)).items;
  }

  /** Looks after it again later. False when somebody else does. */
  postpone(item: AnalysisRequest, dueAt: number): Promise<boolean> {
    return this.updated(item, { set: { due_at: dueAt } });
  }

  /** Notes that it is stuck, once. False when that was noted before, or is not so any more. */
  noteStuck(item: AnalysisRequest, stuck: string, event: AnalysisEvent): Promise<AnalysisRequest | undefined> {
    return this.change(item, { set: { stuck }, events: [event] });
  }

  /** Events after `after`, in their order. */
  async events(request: string, after: number, limit: number): Promise<readonly AnalysisEventItem[]> {
    const query = { partition: request, sort: { greaterThan: after }, limit };
    return (await this.items.query(analysisEventTable, query)).items;
  }

  /** Removes it with its events. False when it has changed since it was read. */
  async remove(item: AnalysisRequest): Promise<boolean> {
    const { request, revision, workspace_id: workspaceId, overall_status: status } = item;
    const gone = await this.transacted([
      write.delete(analysisTable, { request }, { exists: true, equals: { revision } }),
      count(workspaceId, { [status]: -1 }),
    ]);
    if (gone) await removePartition(this.items, analysisEventTable, request);
    return gone;
  }

  /** When one that begins now is removed. */
  expiry(now: Date): Pick<AnalysisRequest, 'expires'> & { readonly removedAt: number } {
    const removedAt = now.getTime() + this.config.analysisDays * dayMs;
    return { removedAt, expires: Math.floor(removedAt / 1000) + expiryGraceSeconds };
  }

  /** What has ended is looked after again when its time is over; what is open again, at once. */
  private watching(
    item: AnalysisRequest,
    status: Status,
    now: Date,
  ): Partial<Pick<AnalysisRequest, 'watched' | 'due_at' | 'expires'>> {
    const before = hasEnded(item);
    const after = hasEnded({ overall_status: status });
    if (before === after) return {};
    const { removedAt, expires } = this.expiry(now);
    return after
      ? { watched: 'kept', due_at: removedAt, expires }
      : { watched: 'open', due_at: now.getTime(), expires };
  }

  private eventWrite({ request, request_id, expires }: AnalysisRequest, seq: number, event: AnalysisEvent): Write {
    const { type, ...rest } = event;
    const at = this.clock.now().toISOString();
    const text = JSON.stringify({ type, request_id, seq, at, ...rest });
    return write.put(analysisEventTable, { request, seq, type, text, expires }, { exists: false });
  }

  private transacted(writes: readonly Write[]): Promise<boolean> {
    return tookEffect(this.items.transact(writes));
  }

  private updated({ request, due_at }: AnalysisRequest, change: Change<AnalysisRequest>): Promise<boolean> {
    return tookEffect(this.items.update(analysisTable, { request }, change, { exists: true, equals: { due_at } }));
  }

  private async removeAll(workspaceId: string): Promise<void> {
    const query = { index: 'by_workspace', partition: workspaceId, limit: maximumTogether };
    for (;;) {
      const { items } = await this.items.query(analysisTable, query);
      if (items.length === 0) break;
      for (const { request } of items) await removePartition(this.items, analysisEventTable, request);
      await this.items.transact(items.map(({ request }) => write.delete(analysisTable, { request })));
    }
    await this.items.delete(analysisCountsTable, { workspace_id: workspaceId });
  }
}

function count(workspaceId: string, add: Partial<Record<Status, number>>): Write {
  return write.update(analysisCountsTable, { workspace_id: workspaceId }, { add });
}

function without<Item extends object>(item: Item, names: readonly (keyof Item)[]): Item {
  const copy = { ...item };
  for (const name of names) delete copy[name];
  return copy;
}
