import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { PostgresServer } from '../postgres/postgres-server.js';
import { publishCsv } from '../publishing.js';
import { Load } from './load.js';

const pauseMs = 400;
const rowsOfTable = 350;

/** Queries: short ones whose rows are waited for, and longer ones that are looked for again and again. */
export class QueryLoad extends Load {
  private readonly table = `numbers_${randomUUID().slice(0, 8)}`;
  private readonly accepted: string[] = [];
  private interrupted = 0;

  async prepare(): Promise<void> {
    const lines = Array.from({ length: rowsOfTable }, (_, n) => n);
    await publishCsv(this.requests.client, `n\n${lines.join('\n')}\n`, { dataset: this.table });
  }

  protected override async step(lane: number): Promise<void> {
    const isShort = lane % 2 === 0;
    const limit = 1 + (this.done % 100);
    const { table } = this;
    // Takes a tenth of a second or more.
    const slow = `select count(*) from ${table} a, ${table} b, ${table} c where a.n + b.n + c.n < 0`;
    const sql = isShort ? `select count(*) from ${table} where n < ${limit}` : slow;
    const query = await this.requests.send('POST', '/queries', { body: { sql, wait_ms: isShort ? 30_000 : 0 } });
    const queryId = query.body.query_id as string;
    this.accepted.push(queryId);
    let { body } = query;
    while (body.state === 'queued' || body.state === 'running') {
      await delay(pauseMs);
      ({ body } = await this.requests.send('GET', `/queries/${queryId}`));
    }
    await delay(pauseMs);
    if (body.state === 'succeeded') {
      const { body: results } = await this.requests.send('GET', `/queries/${queryId}/results`);
      const rows = JSON.stringify(results.rows);
      if (rows !== `[["${isShort ? limit : 0}"]]`) this.requests.fail(`Query ${queryId} has the rows ${rows}`);
      return;
    }
    this.interrupted += 1;
    const { kind } = body.error as { kind: string };
    if (this.requests.patience === 'fails at once' || kind !== 'interrupted')
      this.requests.fail(`Query ${queryId} has ended as ${body.state as string}: ${JSON.stringify(body.error)}`);
  }

  /** Everything that was accepted has ended, in one way. */
  async verify(server: PostgresServer, database: string): Promise<void> {
    const ended = await server.execute(
      `select object, count(*) as times from audit_events where action = 'query.run' group by object`,
      database,
    );
    const times = new Map((ended.rows as { object: string; times: string }[]).map((row) => [row.object, row.times]));
    expect(this.accepted.filter((queryId) => times.get(queryId) !== '1')).toEqual([]);
    expect(new Set(times.values())).toEqual(new Set(['1']));
    expect(this.interrupted).toBeLessThan(this.accepted.length);
  }
}
