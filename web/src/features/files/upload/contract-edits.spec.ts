import { describe, expect, it } from '@jest/globals';
import { isEdited, isReread, keepEdits } from './contract-edits';

const suggested = [
  { source_name: 'Id', name: 'id', type: 'bigint' },
  { source_name: 'Price', name: 'price', type: 'varchar' },
];

describe('edits of a contract', () => {
  it('tells a renamed or dropped column from one that is read otherwise', () => {
    expect(isEdited(suggested[0]!, suggested[0])).toBe(false);
    expect(isEdited({ ...suggested[0]!, name: 'number' }, suggested[0])).toBe(true);
    expect(isReread({ ...suggested[0]!, name: 'number' }, suggested[0])).toBe(false);
    expect(isEdited({ ...suggested[0]!, drop: true }, suggested[0])).toBe(true);
    expect(isReread({ ...suggested[0]!, null_values: ['-'] }, suggested[0])).toBe(true);
    expect(isReread({ ...suggested[0]!, null_values: [] }, suggested[0])).toBe(false);
  });

  it('keeps names and readings that a person chose, and takes new types for the rest', () => {
    const before = [{ ...suggested[0]!, name: 'number' }, suggested[1]!];
    const now = [suggested[0]!, { source_name: 'Price', name: 'price', type: 'decimal(18,2)' }];
    expect(keepEdits(before, suggested, now)).toEqual({
      columns: [{ source_name: 'Id', name: 'number', type: 'bigint' }, now[1]],
      kept: 1,
      lost: 0,
    });
  });

  it('counts what has no place in the file any more', () => {
    const before = [suggested[0]!, { ...suggested[1]!, type: 'double' }];
    const now = [{ source_name: 'Id;Price', name: 'id_price', type: 'varchar' }];
    expect(keepEdits(before, suggested, now)).toEqual({ columns: now, kept: 0, lost: 1 });
  });
});
