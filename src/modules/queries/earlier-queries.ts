import { Injectable } from '@nestjs/common';
import { Clock } from '../../providers/clock/clock.js';
import { ObjectNotFound } from '../../providers/object-store/errors.js';
import { QueryEngine, type ResultPage } from '../../providers/query-engine/query-engine.js';
import type { EndedQuery } from './live-query.js';
import { QueriesRepository, type QueryRow } from './queries.repository.js';
import { firstPageRows } from './queries.service.js';

/** How often a query of another process is looked at. */
const lookMs = 100;

/** Queries that were begun under a client token: whoever asks again, in whichever process, gets what became of them. */
@Injectable()
export class EarlierQueries {
  constructor(
    private readonly queries: QueriesRepository,
    private readonly engine: QueryEngine,
    private readonly clock: Clock,
  ) {}

  /**
   * How the query under the token has ended, which may take a while. Undefined when there is none, when it was
   * interrupted, or when its result is gone: then it may be begun anew. Rejects with the signal's reason.
   */
  async ended(workspaceId: string, clientToken: string, signal: AbortSignal): Promise<EndedQuery | undefined> {
    for (;;) {
      signal.throwIfAborted();
      const row = await this.queries.findByToken(workspaceId, clientToken);
      if (!row) return undefined;
      if (row.state !== 'queued' && row.state !== 'running') return this.found(row);
      await this.clock.sleep(lookMs, signal);
    }
  }

  private async found(row: QueryRow): Promise<EndedQuery | undefined> {
    if (row.state !== 'succeeded') return { row };
    const firstPage = await this.firstPage(row);
    if (firstPage) return { row, firstPage };
    await this.queries.freeToken(row);
    return undefined;
  }

  private async firstPage({ result_key: key }: QueryRow): Promise<ResultPage | undefined> {
    if (key === null) return undefined;
    try {
      return await this.engine.page(key, 0, firstPageRows);
    } catch (error) {
      if (error instanceof ObjectNotFound) return undefined;
      throw error;
    }
  }
}
