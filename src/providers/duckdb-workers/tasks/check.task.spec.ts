import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { TaskContext } from '../task.js';
import { prepare, task } from './check.task.js';

const context: TaskContext = {
  signal: new AbortController().signal,
  report: () => undefined,
  scratchDirectory: '/nowhere',
  workerDirectory: '/nowhere',
  output: new PassThrough(),
  limits: { memoryMegabytes: 128, threads: 1 },
};

const tables = [{ table: 'orders', columns: [{ name: 'id', type: 'bigint' }] }];

describe('check task', () => {
  it('answers with the statement or the fault, as plain data', async () => {
    await prepare();
    const [passed, refused] = await Promise.all([
      task({ sql: 'SELECT id FROM orders', tables }, context),
      task({ sql: 'SELECT idd FROM orders', tables }, context),
    ]);
    expect(JSON.parse(JSON.stringify(passed))).toMatchObject({
      ok: true,
      statement: { tables: ['orders'], columns: { orders: ['id'] } },
    });
    expect(JSON.parse(JSON.stringify(refused))).toMatchObject({
      ok: false,
      fault: { kind: 'unknown_column', hint: 'Did you mean id?' },
    });
  });

  it('keeps the tables of one check from the next', async () => {
    await task({ sql: 'SELECT id FROM orders', tables }, context);
    expect(await task({ sql: 'SELECT id FROM orders', tables: [] }, context)).toMatchObject({
      ok: false,
      fault: { kind: 'unknown_table' },
    });
  });
});
