import type { CatalogColumn, CatalogTable } from '../../../providers/catalog/catalog.js';
import { shortened } from '../domain/inert-text.js';

/** A catalog that takes more characters is searched instead of being told whole. */
const mostCharacters = 40_000;

/** The whole catalog, always the same for the same state; undefined when it is too much to tell. */
export function catalogText(tables: readonly CatalogTable[]): string | undefined {
  const parts: string[] = [];
  let length = 0;
  for (const table of tables.toSorted((one, other) => (one.table < other.table ? -1 : 1))) {
    const text = tableText(table);
    length += text.length;
    if (length > mostCharacters) return undefined;
    parts.push(text);
  }
  return parts.join('\n');
}

/** A table with all that is known of its columns. */
export function tableText({ table, description, rows, columns }: CatalogTable): string {
  const about = description ? `: ${shortened(description, 500)}` : '';
  return [`table ${table} (${rows} rows)${about}`, ...columns.map(columnText)].join('\n');
}

function columnText(column: CatalogColumn): string {
  const { name, type, description, distinct, null_fraction: nulls, min, max, top_values: top = [] } = column;
  const facts = [
    type,
    ...(distinct === undefined ? [] : [`${distinct} different`]),
    ...(nulls ? [`${Math.round(nulls * 100)} % missing`] : []),
    ...(min === undefined || max === undefined ? [] : [`from ${shortened(min, 40)} to ${shortened(max, 40)}`]),
    ...(top.length > 0
      ? [
          `such as ${top
            .slice(0, 5)
            .map(({ value }) => JSON.stringify(shortened(value, 40)))
            .join(', ')}`,
        ]
      : []),
  ];
  return `  ${name}: ${facts.join('; ')}${description ? ` (${shortened(description, 300)})` : ''}`;
}
