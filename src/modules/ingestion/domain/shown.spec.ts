import { describe, expect, it } from '@jest/globals';
import type { Job } from '../../../providers/job-queue/job-queue.js';
import type { SyncRow } from '../syncs.repository.js';
import { shownSync } from './shown.js';
import { noCounts } from './sync-state.js';

const now = new Date('2026-05-01T08:00:00.000Z');
const later = '2026-05-01T08:05:00.000Z';
const row: SyncRow = {
  workspace_id: 'ws_1',
  source_id: 'src_1',
  job_id: 'job_1',
  mode: 'full',
  trigger: 'manual',
  state: 'running',
  counts: JSON.stringify(noCounts),
  reached: null,
  error: null,
  queued_at: '2026-05-01T07:00:00.000Z',
  started_at: '2026-05-01T07:00:01.000Z',
  finished_at: null,
};
const job = (changes: Partial<Job>) => ({ state: 'running', run_at: later, ...changes }) as Job;

describe('shownSync', () => {
  it('says why a run waits to be tried again, and when it is', () => {
    const error = { slug: 'connector-unreachable', title: 'No answer', detail: 'GitLab answered with status 500.' };
    expect(shownSync(row, job({ state: 'queued', error }), now)).toMatchObject({
      state: 'queued',
      error: { type: '/problems/connector-unreachable', detail: error.detail },
      next_try_at: later,
    });
    expect(shownSync(row, job({ state: 'queued' }), now)).toMatchObject({ state: 'queued', next_try_at: null });
  });

  it('says what a run waits for, unless that is over', () => {
    const waiting = { reason: 'its rate limit is used up', until: later };
    expect(shownSync(row, job({ progress: { waiting } }), now)).toMatchObject({ state: 'running', waiting });
    const over = shownSync(row, job({ progress: { waiting } }), new Date(later));
    expect(over).not.toHaveProperty('waiting');
    expect(shownSync(row, job({ progress: undefined }), now)).toMatchObject({ state: 'running', next_try_at: null });
  });

  it('tells of a run that has ended as it ended', () => {
    const ended = { ...row, state: 'cancelled', finished_at: later } as const;
    expect(shownSync(ended, undefined, now)).toMatchObject({ state: 'cancelled', next_try_at: null });
  });
});
