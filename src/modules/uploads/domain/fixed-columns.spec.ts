import { describe, expect, it } from '@jest/globals';
import type { Contract, ContractColumn } from '../../../csv/contract.js';
import { fixedColumns } from './fixed-columns.js';

const dialect = {
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  header: true,
  decimal: '.',
  newline: '\n',
  compression: 'none',
  skip_rows: 0,
} as const;
const proposed: ContractColumn[] = [
  { source_name: 'Id', name: 'id', type: 'bigint' },
  { source_name: 'Day', name: 'day', type: 'date', format: '%d/%m/%Y' },
  { source_name: 'Note', name: 'note', type: 'varchar', null_values: ['NA'] },
];
const contract = (...changes: Partial<ContractColumn>[]): Contract => ({
  dialect: { ...dialect },
  columns: proposed.map((column, index) => ({ ...column, ...changes[index] })),
});
const fixed = (...changes: Partial<ContractColumn>[]) => fixedColumns(contract(...changes), contract());

describe('fixedColumns', () => {
  it('takes columns that were left as proposed, renamed or dropped as free', () => {
    expect(fixed()).toEqual([]);
    expect(fixed({ name: 'number' }, { drop: true, type: 'varchar' })).toEqual([]);
    expect(fixed({}, {}, { null_values: ['NA'] })).toEqual([]);
  });

  it('names those whose type, format or null texts were set, by their new names', () => {
    expect(fixed({ type: 'varchar', name: 'number' }, { format: '%m/%d/%Y' }, { null_values: [] })).toEqual([
      'number',
      'day',
      'note',
    ]);
  });
});
