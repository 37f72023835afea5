import type { CatalogTable } from '../../../providers/catalog/catalog.js';
import type { Check } from './check.js';

interface Side {
  readonly table: CatalogTable;
  readonly alias: string;
  readonly column: string;
}

const source =
  /(?:\b(?:from|join)\s+|,\s*)"?(\w+)"?(?:\s+(?:as\s+)?(?!(?:on|where|join|left|right|inner|full|cross|group|order|limit|using)\b)(\w+))?/gi;
const equality = /(?:"?(\w+)"?\.)"?(\w+)"?\s*=\s*(?:"?(\w+)"?\.)"?(\w+)"?/g;
const total = /\bsum\s*\(\s*"?(\w+)"?\."?(\w+)"?/gi;

/** Sums over joins that repeat the rows that are summed, as far as the text of the statement shows it. */
export function checkJoins(sql: string, tables: readonly CatalogTable[]): readonly Check[] {
  const byAlias = aliasesOf(sql, tables);
  if (byAlias.size < 2) return [];
  const summed = new Set([...sql.matchAll(total)].map(([, alias]) => alias!.toLowerCase()));
  const faults = joinsOf(sql, byAlias).flatMap(([one, other]) => {
    const repeated = [...(isUnique(one) ? [] : [other]), ...(isUnique(other) ? [] : [one])];
    return repeated.filter(({ alias }) => summed.has(alias));
  });
  return [...new Set(faults.map(({ table }) => table.table))].map((table) => ({
    name: 'join_repeats_rows',
    ok: false,
    detail: `The join can repeat rows of ${table}, so that its sums count them several times.`,
  }));
}

function aliasesOf(sql: string, tables: readonly CatalogTable[]): ReadonlyMap<string, CatalogTable> {
  const found = new Map<string, CatalogTable>();
  for (const [, name, alias] of sql.matchAll(source)) {
    const table = tables.find((each) => each.table === name!.toLowerCase());
    if (table) found.set((alias ?? name!).toLowerCase(), table);
  }
  return found;
}

function joinsOf(sql: string, byAlias: ReadonlyMap<string, CatalogTable>): readonly (readonly [Side, Side])[] {
  const side = (alias: string, column: string): Side | undefined => {
    const table = byAlias.get(alias.toLowerCase());
    return table && { table, alias: alias.toLowerCase(), column: column.toLowerCase() };
  };
  return [...sql.matchAll(equality)].flatMap(([, alias, column, otherAlias, otherColumn]) => {
    const one = side(alias!, column!);
    const other = side(otherAlias!, otherColumn!);
    return one && other && one.alias !== other.alias ? [[one, other] as const] : [];
  });
}

/** Counts of different values above a few thousand are estimates. */
function isUnique({ table: { rows, columns }, column }: Side): boolean {
  const { distinct } = columns.find(({ name }) => name.toLowerCase() === column) ?? {};
  return distinct !== undefined && distinct >= rows * 0.97;
}
