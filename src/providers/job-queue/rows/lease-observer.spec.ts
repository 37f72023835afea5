import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LeaseObserver } from './lease-observer.js';

const leaseMs = 1000;
const run = (heartbeat: number, token = 1) => ({ job_id: 'job_1', token, heartbeat });

describe('LeaseObserver', () => {
  it('finds a run whose heartbeat stands still for a lease, and not before', () => {
    const observer = new LeaseObserver(leaseMs);
    expect(observer.expired([run(7)], 5000)).toEqual([]);
    expect(observer.expired([run(7)], 5999)).toEqual([]);
    expect(observer.expired([run(7)], 6000)).toEqual([run(7)]);
  });

  it('begins anew with a new run of the job', () => {
    const observer = new LeaseObserver(leaseMs);
    observer.expired([run(7)], 0);
    expect(observer.expired([run(7, 2)], 1500)).toEqual([]);
    expect(observer.expired([run(7, 2)], 2500)).toEqual([run(7, 2)]);
  });

  it('forgets a run that was gone in between', () => {
    const observer = new LeaseObserver(leaseMs);
    observer.expired([run(7)], 0);
    observer.expired([], 900);
    expect(observer.expired([run(7)], 1000)).toEqual([]);
  });

  it('never takes a job from a run that beats within the lease, whenever it looks', () => {
    const gaps = fc.array(fc.tuple(fc.nat(leaseMs - 1), fc.nat(leaseMs * 3)), { maxLength: 30 });
    fc.assert(
      fc.property(gaps, (steps) => {
        const observer = new LeaseObserver(leaseMs);
        let elapsed = 0;
        for (const [heartbeat, [beatAfter, pause]] of steps.entries()) {
          elapsed += pause;
          expect(observer.expired([run(heartbeat)], elapsed)).toEqual([]);
          elapsed += beatAfter;
          expect(observer.expired([run(heartbeat)], elapsed)).toEqual([]);
        }
      }),
    );
  });
});
