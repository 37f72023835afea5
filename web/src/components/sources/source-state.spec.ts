import { describe, expect, it } from '@jest/globals';
import type { Source, Sync } from '@/components/sources/kinds';
import { afterEvent, countsInWords, phaseInWords, stateOf } from './source-state';

const sync = { state: 'succeeded' } as Sync;
const source = { paused: false, last_sync: sync, last_synced_at: '2026-05-01T00:00:00.000Z' } as Source;
const counts = { created: 0, changed: 0, unchanged: 0, removed: 0, pages: 0, events: 0 };

describe('stateOf', () => {
  it('says how a source is', () => {
    const labelOf = (change: Partial<Source>) => stateOf({ ...source, ...change }).label;
    expect(labelOf({})).toBe('Up to date');
    expect(labelOf({ paused: true })).toBe('Paused');
    expect(labelOf({ last_sync: { ...sync, state: 'running' }, paused: true })).toBe('Reading');
    expect(labelOf({ last_sync: { ...sync, state: 'failed' } })).toBe('Failed');
    expect(labelOf({ last_sync: null, last_synced_at: null })).toBe('Not read yet');
    const error = { type: '/problems/connector-unreachable', title: 'No answer', detail: '' };
    expect(labelOf({ last_sync: { ...sync, state: 'queued', error } })).toBe('Trying again');
    const waiting = { reason: 'its rate limit is used up', until: '2026-05-01T00:00:00.000Z' };
    expect(labelOf({ last_sync: { ...sync, state: 'running', waiting } })).toBe('Waiting');
  });
});

describe('countsInWords', () => {
  it('leaves out what did not happen', () => {
    const words = (change: Partial<Sync['counts']>, state: Sync['state'] = 'succeeded') =>
      countsInWords({ state, counts: { ...counts, ...change } });
    expect(words({ created: 1200, removed: 1 })).toBe('1,200 new, 1 removed');
    expect(words({ unchanged: 5 })).toBe('nothing new');
    expect(words({})).toBe('nothing to read');
    expect(words({}, 'running')).toBe('nothing so far');
  });
});

describe('afterEvent', () => {
  it('follows progress, waits and tries', () => {
    const waiting = { reason: 'its rate limit is used up', until: '2026-05-01T00:00:00.000Z' };
    const read = afterEvent({}, 'progress', { phase: 'reading', mode: 'full', pages: 2, documents: 50, waiting });
    expect(read).toMatchObject({ pages: 2, waiting });
    expect(phaseInWords(read)).toBe('Reading everything');
    expect(afterEvent(read, 'progress', { phase: 'sweeping' }).waiting).toBeUndefined();
    const until = '2026-05-01T00:01:00.000Z';
    const again = afterEvent(read, 'retrying', { attempt: 2, max_attempts: 25, run_at: until });
    expect(again).toMatchObject({ retry: { attempt: 2, most: 25, until, reason: waiting.reason } });
    const error = { slug: 'connector-unreachable', title: 'No answer', detail: 'GitLab answered with status 500.' };
    const told = afterEvent(read, 'retrying', { attempt: 2, max_attempts: 25, run_at: until, error });
    expect(told.retry?.reason).toBe(error.detail);
    expect(again.waiting).toBeUndefined();
    expect(phaseInWords(again)).toBe('Waiting for the next try');
    expect(afterEvent(again, 'started', { attempt: 3 }).retry).toBeUndefined();
    expect(afterEvent(read, 'succeeded', {}).waiting).toBeUndefined();
  });
});
