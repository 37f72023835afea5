import { Injectable } from '@nestjs/common';
import type { ServerSentEvent } from '../../platform/http/sse.js';
import { Clock } from '../../providers/clock/clock.js';
import { shown } from './domain/query-view.js';
import { QueriesRepository, type QueryKey, type QueryRow } from './queries.repository.js';

const lookMs = 200;

/** Queries that run in other processes, or have ended: all that is known of them is in the database. */
@Injectable()
export class QueriesElsewhere {
  constructor(
    private readonly queries: QueriesRepository,
    private readonly clock: Clock,
  ) {}

  /** Its state, and each change of it until it has ended; of one that has ended that is one event. */
  async *events(row: QueryRow, after: number, signal: AbortSignal): AsyncGenerator<ServerSentEvent> {
    let current: QueryRow | undefined = row;
    let told: QueryRow['state'] | undefined;
    for (let id = after; current && !signal.aborted;) {
      if (current.state !== told) yield { id: (id += 1), event: 'state', data: shown(current) };
      if (hasEnded(current)) return;
      told = current.state;
      await this.clock.sleep(lookMs, signal).catch(() => undefined);
      current = await this.queries.find(row.workspace_id, row.query_id);
    }
  }

  /** Resolves when the query has ended, at the latest after the time. */
  async endedWithin({ workspace_id, query_id }: QueryKey, milliseconds: number): Promise<void> {
    const deadline = this.clock.elapsed() + milliseconds;
    for (;;) {
      const row = await this.queries.find(workspace_id, query_id);
      if (!row || hasEnded(row) || this.clock.elapsed() >= deadline) return;
      await this.clock.sleep(lookMs);
    }
  }
}

function hasEnded({ state }: QueryRow): boolean {
  return state !== 'queued' && state !== 'running';
}
