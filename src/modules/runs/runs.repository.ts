import { Injectable } from '@nestjs/common';
import { Clock } from '../../providers/clock/clock.js';
import { tookEffect } from '../../providers/item-store/took-effect.js';
import { ItemStore, maximumTogether, type Write, write } from '../../providers/item-store/item-store.js';
import { type Run, type RunEventItem, runEventTable, type RunRequest, runRequestTable, runTable } from './run.js';
import type { RunFrame } from './run-event.js';

const secondsPerDay = 86_400;
const eventDays = 7;
const requestDays = 1;

/** Runs, their events, and the client ids that they were asked under. */
@Injectable()
export class RunsRepository {
  constructor(
    private readonly items: ItemStore,
    private readonly clock: Clock,
  ) {}

  find(run: string): Promise<Run | undefined> {
    return this.items.get(runTable, { run });
  }

  async findMany(runs: readonly string[]): Promise<readonly Run[]> {
    const found: Run[] = [];
    for (let start = 0; start < runs.length; start += maximumTogether) {
      const keys = runs.slice(start, start + maximumTogether).map((run) => ({ run }));
      found.push(...(await this.items.getMany(runTable, keys)));
    }
    return found;
  }

  findRequest(request: string): Promise<RunRequest | undefined> {
    return this.items.get(runRequestTable, { request });
  }

  /** Rejects with `ConditionFailed`: its index tells whether the client's id (1) or one of `writes` stood against it. */
  create(run: Run, request: string | undefined, frame: RunFrame, writes: readonly Write[]): Promise<void> {
    const asked = request === undefined ? [] : [this.requestWrite(request, run)];
    return this.items.transact([
      write.put(runTable, run, { exists: false }),
      ...asked,
      this.eventWrite(run.run, frame),
      ...writes,
    ]);
  }

  /** Rejects with `ConditionFailed` when another process has written events of the run: it is no longer ours. */
  append(run: string, frames: readonly RunFrame[]): Promise<void> {
    return this.items.transact(frames.map((frame) => this.eventWrite(run, frame)));
  }

  /** Events and change together, while the run is in the state and hands that `from` says. False when it is not. */
  async change(
    from: Pick<Run, 'run' | 'state' | 'owner'>,
    change: { readonly set: Partial<Run>; readonly remove?: readonly (keyof Run)[] },
    frames: readonly RunFrame[] = [],
    writes: readonly Write[] = [],
  ): Promise<boolean> {
    const { run, state, owner } = from;
    return tookEffect(
      this.items.transact([
        write.update(runTable, { run }, change, { exists: true, equals: { state, owner } }),
        ...frames.map((frame) => this.eventWrite(run, frame)),
        ...writes,
      ]),
    );
  }

  /** As `change`; the client's id, where there is one, is remembered with it, and must not have been before. */
  resume(from: Run, change: Parameters<RunsRepository['change']>[1], request: string | undefined): Promise<boolean> {
    return this.change(from, change, [], request === undefined ? [] : [this.requestWrite(request, from)]);
  }

  async requestCancel(run: string): Promise<void> {
    await this.items.update(runTable, { run }, { set: { cancel_requested: true } }, { exists: true });
  }

  /** Events after `after`, in order. */
  async events(run: string, after: number, limit: number): Promise<readonly RunFrame[]> {
    const { items } = await this.items.query(runEventTable, { partition: run, sort: { greaterThan: after }, limit });
    return items.map(({ seq, type, text }) => ({ seq, type, text }));
  }

  async lastSeq(run: string): Promise<number> {
    const { items } = await this.items.query(runEventTable, { partition: run, order: 'descending', limit: 1 });
    return items[0]?.seq ?? 0;
  }

  /** Runs that somebody has to look after: a lease or an interrupt has ended. */
  async due(now: number, limit: number): Promise<readonly Run[]> {
    const query = { index: 'by_due', partition: 'watched', sort: { atMost: now }, limit };
    return (await this.items.query(runTable, query)).items;
  }

  private eventWrite(run: string, { seq, type, text }: RunFrame): Write {
    const item: RunEventItem = { run, seq, type, text, expires: this.inDays(eventDays) };
    return write.put(runEventTable, item, { exists: false });
  }

  private requestWrite(request: string, { run, run_id }: Pick<Run, 'run' | 'run_id'>): Write {
    const item: RunRequest = { request, run, run_id, expires: this.inDays(requestDays) };
    return write.put(runRequestTable, item, { exists: false });
  }

  private inDays(days: number): number {
    return Math.floor(this.clock.now().getTime() / 1000) + days * secondsPerDay;
  }
}
