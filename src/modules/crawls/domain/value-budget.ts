import type { IndexedValue } from '../../../providers/table-profiler/table-profiler.js';

/** The values of as many whole columns as fit into `budget`, columns with the fewest values first. */
export function withinBudget(values: readonly IndexedValue[], budget: number): IndexedValue[] {
  const byColumn = new Map<string, IndexedValue[]>();
  for (const each of values) {
    const known = byColumn.get(each.column);
    if (known) known.push(each);
    else byColumn.set(each.column, [each]);
  }
  const kept: IndexedValue[] = [];
  for (const column of [...byColumn.values()].sort((a, b) => a.length - b.length)) {
    if (kept.length + column.length > budget) break;
    kept.push(...column);
  }
  return kept;
}
