import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
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
    await delay(100);
    expect(ended).toEqual(['before']);
    holds.hold(caller, () => ended.push('after'));
    const released = holds.hold(caller, () => ended.push('released'));
    released();
    await delay(800);
    expect(ended).toEqual(['before', 'after']);
  });
});
