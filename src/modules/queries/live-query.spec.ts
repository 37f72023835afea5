import { describe, expect, it } from '@jest/globals';
import { LiveQuery } from './live-query.js';
import type { QueryRow } from './queries.repository.js';

const row: QueryRow = {
  workspace_id: 'one',
  query_id: 'qry_1',
  user_id: 'me',
  sql: 'select 1',
  parameters: '[]',
  state: 'queued',
  max_rows: 10,
  engine: 'duckdb',
  bytes_scanned: 0,
  cost_usd: 0,
  data_versions: '{}',
  warnings: '[]',
  columns: '[]',
  row_count: null,
  truncated: 0,
  error: null,
  created_at: '2024-05-31T10:00:00.000Z',
  started_at: null,
  finished_at: null,
  duration_ms: null,
  result_key: null,
  result_expires_at: null,
  client_token: null,
};

describe('LiveQuery', () => {
  it('tells its states, and progress in steps that are worth it', async () => {
    const live = new LiveQuery(row);
    live.advance({ state: 'running' });
    for (let step = 1; step <= 1000; step += 1) live.progress(step / 1000);
    live.end({ state: 'succeeded', row_count: 1 });
    const events = [];
    for await (const each of live.events.follow(0, new AbortController().signal)) events.push(each);
    const states = events.filter(({ event }) => event === 'state').map(({ data }) => (data as { state: string }).state);
    expect(states).toEqual(['queued', 'running', 'succeeded']);
    expect(events.length).toBeLessThanOrEqual(103);
    expect((await live.ended).row).toMatchObject({ state: 'succeeded', row_count: 1 });
  });

  it('lets a waiter go when the time is over, and wakes it when the query ends', async () => {
    const live = new LiveQuery(row);
    expect(await live.endedWithin(0)).toBeUndefined();
    expect(await live.endedWithin(5)).toBeUndefined();
    const waiting = live.endedWithin(60_000);
    live.end({ state: 'succeeded' });
    expect((await waiting)?.row.state).toBe('succeeded');
  });

  it('passes on that its end could not be recorded, now and later', async () => {
    const live = new LiveQuery(row);
    const waiting = live.endedWithin(60_000);
    live.abandon(new Error('disk full'));
    await expect(waiting).rejects.toThrow('disk full');
    await expect(live.ended).rejects.toThrow('disk full');
  });
});
