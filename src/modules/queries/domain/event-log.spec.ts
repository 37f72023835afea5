import { describe, expect, it } from '@jest/globals';
import { EventLog } from './event-log.js';

const never = new AbortController().signal;

async function collect(log: EventLog, after: number, signal: AbortSignal = never) {
  const seen: [number, string][] = [];
  for await (const { id, event } of log.follow(after, signal)) seen.push([id, event]);
  return seen;
}

describe('EventLog', () => {
  it('gives every follower all events once, whenever it joins', async () => {
    const log = new EventLog();
    const early = collect(log, 0);
    log.append('queued', {});
    log.append('running', {});
    const late = collect(log, 0);
    const resumed = collect(log, 2);
    await new Promise((resolve) => setImmediate(resolve));
    log.append('succeeded', {});
    log.close();
    const all = [
      [1, 'queued'],
      [2, 'running'],
      [3, 'succeeded'],
    ];
    expect(await early).toEqual(all);
    expect(await late).toEqual(all);
    expect(await resumed).toEqual([[3, 'succeeded']]);
  });

  it('lets a follower leave while nothing happens', async () => {
    const log = new EventLog();
    const leaving = new AbortController();
    const seen = collect(log, 0, leaving.signal);
    leaving.abort();
    expect(await seen).toEqual([]);
  });
});
