import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { problem } from '../../../platform/errors/problem.js';
import { JobCancelled, LeaseLost, ServiceStopping, TryAgain } from '../job-queue.js';
import { exhausted, outcomeOf, retryDelay, stumbled } from './outcome.js';

class Jammed extends problem({ slug: 'printer-jammed', title: 'Jammed', status: 409, help: 'Pull.' }) {}

const error = new Error('boom');
const refused = new Jammed('Tray 2.');
const live = new AbortController().signal;

describe('the outcome of a run', () => {
  it.each([
    ['an error', error, live, 'retry'],
    ['something that is no error', undefined, live, 'retry'],
    ['a problem', refused, live, 'failed'],
    ['an error after a cancel', error, AbortSignal.abort(new JobCancelled()), 'cancelled'],
    ['a problem after a cancel', refused, AbortSignal.abort(new JobCancelled()), 'cancelled'],
    ['an error while the service stops', error, AbortSignal.abort(new ServiceStopping()), 'released'],
    ['an error after the lease was lost', error, AbortSignal.abort(new LeaseLost()), 'lost'],
    ['a lost lease', new LeaseLost(), live, 'lost'],
    ['a lost lease after a cancel', new LeaseLost(), AbortSignal.abort(new JobCancelled()), 'lost'],
  ])('of %s', (_, thrown, signal, type) => {
    expect(outcomeOf(thrown, signal).type).toBe(type);
  });

  it('carries the parts of a problem', () => {
    expect(outcomeOf(refused, live)).toEqual({
      type: 'failed',
      error: { slug: 'printer-jammed', title: 'Jammed', detail: 'Tray 2.' },
    });
  });

  it('carries why another try is needed, where people can understand it', () => {
    const told = { type: 'retry', error: { slug: 'printer-jammed', title: 'Jammed', detail: 'Tray 2.' } };
    expect(outcomeOf(new TryAgain(refused), live)).toEqual({ ...told, afterMs: 0 });
    expect(outcomeOf(new TryAgain(refused, 5000), live)).toEqual({ ...told, afterMs: 5000 });
    expect(outcomeOf(new TryAgain(refused, 1e12), live)).toEqual({ ...told, afterMs: 86_400_000 });
    expect(outcomeOf(error, live)).toEqual({ type: 'retry' });
    expect(stumbled('retry', 'job_1').detail).not.toContain('boom');
  });

  it('tells a job that failed from one that brought its process down', () => {
    expect(exhausted('retry', 'job_1', 3)).toMatchObject({
      slug: 'job-failed',
      detail: expect.stringContaining('3 times'),
    });
    expect(exhausted('abandoned', 'job_1', 1)).toMatchObject({
      slug: 'job-abandoned',
      detail: expect.stringContaining('once'),
    });
  });
});

describe('the wait before a retry', () => {
  it('R46: is anywhere between none and a wait that doubles up to a limit', () => {
    const backoff = { baseMs: 1000, maxMs: 60_000 };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const longest = Math.min(60_000, 1000 * 2 ** (attempt - 1));
        const wait = retryDelay(attempt, backoff, () => random);
        expect(Math.abs(wait - random * longest)).toBeLessThanOrEqual(0.5);
      }),
    );
  });
});
