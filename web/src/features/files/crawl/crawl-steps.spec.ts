import { describe, expect, it } from '@jest/globals';
import { afterEvent, type Crawl, crawlSteps } from './crawl-steps';

const crawl: Crawl = {
  crawl_id: 'crawl_1',
  dataset: 'orders',
  state: 'queued',
  phase: 'queued',
  progress: { fraction: 0 },
  tables: [],
  job_id: 'job_1',
  queued_at: '2026-01-01T00:00:00.000Z',
  started_at: null,
  finished_at: null,
};
const states = (given: Partial<Crawl>, converts = true) =>
  crawlSteps({ ...crawl, ...given }, converts).map(({ state }) => state);

describe('crawlSteps', () => {
  it('goes from step to step', () => {
    expect(states({})).toEqual(['waiting', 'waiting', 'waiting', 'waiting']);
    expect(states({ state: 'running', phase: 'profiling' })).toEqual(['done', 'done', 'current', 'waiting']);
    expect(states({ state: 'succeeded', phase: 'updating' })).toEqual(['done', 'done', 'done', 'done']);
  });

  it('ends where it ended', () => {
    expect(states({ state: 'failed', phase: 'converting' })).toEqual(['failed', 'waiting', 'waiting', 'waiting']);
    expect(states({ state: 'stopped', phase: 'listing' }, false)).toEqual(['stopped', 'waiting', 'waiting']);
  });
});

describe('afterEvent', () => {
  it('follows progress, and takes the crawl that the last event brings', () => {
    const running = afterEvent(crawl, 'progress', {
      state: 'running',
      phase: 'converting',
      progress: { fraction: 0.4, rows: 7 },
    });
    expect(running).toMatchObject({ state: 'running', phase: 'converting', progress: { rows: 7 } });
    expect(afterEvent({ ...running, state: 'stopping' }, 'progress', { state: 'running' }).state).toBe('stopping');
    expect(afterEvent(running, 'retrying', {})).toBe(running);
    expect(afterEvent(running, 'succeeded', { ...crawl, state: 'succeeded' }).state).toBe('succeeded');
  });
});
