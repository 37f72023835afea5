import type { CatalogTable } from '../../../providers/catalog/catalog.js';
import type { SqlFault } from '../../../providers/query-engine/query-engine.js';

const mostTables = 50;
const mostColumns = 100;

/** What there is where a statement names what there is not; undefined for any other fault. */
export function knownNames(
  { kind }: SqlFault,
  sql: string,
  tables: readonly CatalogTable[],
): Readonly<Record<string, readonly string[]>> | undefined {
  if (kind === 'unknown_table') return { tables: tables.slice(0, mostTables).map(({ table }) => table) };
  if (kind !== 'unknown_column') return undefined;
  const words = new Set(sql.toLowerCase().match(/\w+/g));
  const named = tables.filter(({ table }) => words.has(table)).slice(0, mostTables);
  return Object.fromEntries(
    named.map(({ table, columns }) => [table, columns.slice(0, mostColumns).map(({ name }) => name)]),
  );
}
