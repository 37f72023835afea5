import { afterEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { soonMs } from '../../../test/support/soon.js';
import { until } from '../../../test/support/until.js';
import type { AccessChanges } from './access-changes.js';
import { AccessHolds } from './access-holds.js';
import type { Caller } from './caller.js';

const caller: Caller = {
  userId: 'ada',
  administrator: false,
  credential: { kind: 'session', id: 'ses_1' },
  address: '127.0.0.1',
  workspaceId: 'w',
  role: 'viewer',
  permissions: new Set(['chat:use']),
  actingUnder: 'chat:use',
};

describe('AccessHolds', () => {
  let holds: AccessHolds;
  afterEach(() => holds.onModuleDestroy());

  it('R7: ends within a second also what began just after the change, by rights that were remembered', async () => {
    let change = () => undefined as void;
    const changes = { listen: (listener: () => void) => void (change = listener) } as unknown as AccessChanges;
    holds = new AccessHolds(changes, pino({ level: 'silent' }));
    holds.judgeWith(async () => false);
    holds.onApplicationBootstrap();
    const ended: string[] = [];
    holds.hold(caller, () => ended.push('before'));
    change();
    await new Promise(setImmediate);
    expect(ended).toEqual(['before']);
    holds.hold(caller, () => ended.push('after'));
    const released = holds.hold(caller, () => ended.push('released'));
    released();
    await until(async () => ended.length > 1, soonMs);
    expect(ended).toEqual(['before', 'after']);
  });
});
