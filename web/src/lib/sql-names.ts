/** An identifier as SQL takes it: bare where that is safe, quoted otherwise. */
export function sqlName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !reserved.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

export function selectAll(table: string, limit: number): string {
  return `SELECT *\nFROM ${sqlName(table)}\nLIMIT ${limit}`;
}

/** Athena's reserved words in SELECT statements. */
const reserved = new Set(
  (
    'alter and as between by case cast constraint create cross cube current_date current_path current_time ' +
    'current_timestamp current_user deallocate delete describe distinct drop else end escape except execute exists extract ' +
    'false first for from full group grouping having in inner insert intersect into is join last left like localtime ' +
    'localtimestamp natural normalize not null on or order outer prepare recursive right rollup select skip table then true ' +
    'uescape union unnest using values when where with'
  ).split(' '),
);
