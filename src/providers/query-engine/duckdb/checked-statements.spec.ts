import { describe, expect, it } from '@jest/globals';
import type { CheckedStatement, TableSchema } from '../query-engine.js';
import { CheckedStatements } from './checked-statements.js';

const orders: TableSchema = { table: 'orders', columns: [{ name: 'id', type: 'bigint' }] };

describe('CheckedStatements', () => {
  function counted(refuse = false) {
    const checked: string[] = [];
    const statements = new CheckedStatements(async (sql): Promise<CheckedStatement> => {
      checked.push(sql);
      if (refuse) throw new Error('refused');
      return { engineSql: sql, tables: [], columns: {}, parameterCount: 0, warnings: [] };
    });
    return { statements, checked };
  }

  it('checks the same text over the same tables once', async () => {
    const { statements, checked } = counted();
    const first = await statements.of('SELECT id FROM orders', [orders]);
    expect(await statements.of('SELECT id FROM orders', [{ ...orders }])).toBe(first);
    expect(checked).toHaveLength(1);
  });

  it('checks again when a column has changed its name or type, or a table has gone', async () => {
    const { statements, checked } = counted();
    const renamed = { ...orders, columns: [{ name: 'number', type: 'bigint' }] };
    const retyped = { ...orders, columns: [{ name: 'id', type: 'varchar' }] };
    for (const tables of [[orders], [renamed], [retyped], []]) await statements.of('SELECT id FROM orders', tables);
    expect(checked).toHaveLength(4);
  });

  it('checks again what was refused', async () => {
    const { statements, checked } = counted(true);
    for (let run = 0; run < 2; run++) await expect(statements.of('SELECT 1', [])).rejects.toThrow('refused');
    expect(checked).toHaveLength(2);
  });

  it('forgets the statement whose use is longest ago', async () => {
    const { statements, checked } = counted();
    await statements.of('SELECT 1', []);
    for (let number = 2; number <= 600; number++) {
      await statements.of(`SELECT ${number}`, []);
      await statements.of('SELECT 1', []);
    }
    await statements.of('SELECT 2', []);
    expect(checked.filter((sql) => sql === 'SELECT 1')).toHaveLength(1);
    expect(checked.filter((sql) => sql === 'SELECT 2')).toHaveLength(2);
  });
});
