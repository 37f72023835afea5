import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type SchemaColumn, schemaChanges } from './schema-changes.js';

const schema = fc.uniqueArray(
  fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd', 'e'), type: fc.constantFrom('bigint', 'double', 'varchar') }),
  { selector: ({ name }) => name },
);

const byName = (columns: readonly SchemaColumn[]) => Object.fromEntries(columns.map(({ name, type }) => [name, type]));

describe('schemaChanges', () => {
  it('R41: names dropped, retyped and added columns', () => {
    const from = [
      { name: 'id', type: 'bigint' },
      { name: 'price', type: 'bigint' },
      { name: 'note', type: 'varchar' },
    ];
    const to = [
      { name: 'city', type: 'varchar' },
      { name: 'price', type: 'double' },
      { name: 'id', type: 'bigint' },
    ];
    expect(schemaChanges(from, to)).toEqual([
      { column: 'price', from: 'bigint', to: 'double' },
      { column: 'note', from: 'varchar', to: null },
      { column: 'city', from: null, to: 'varchar' },
    ]);
  });

  it('R41: leads from any schema to any other, and is empty only for equal ones', () => {
    fc.assert(
      fc.property(schema, schema, (from, to) => {
        const result: Record<string, string> = byName(from);
        const changes = schemaChanges(from, to);
        for (const { column, from: old, to: next } of changes) {
          expect(result[column] ?? null).toBe(old);
          if (next === null) delete result[column];
          else result[column] = next;
        }
        expect(result).toEqual(byName(to));
        expect(new Set(changes.map(({ column }) => column)).size).toBe(changes.length);
      }),
    );
  });
});
