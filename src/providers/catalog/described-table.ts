import type { CatalogTable, TableDescriptions } from './catalog.js';
import { UnknownColumn } from './errors.js';

/** What people wrote about a table; columns that are not there at present are kept for when they come back. */
export interface StoredDescriptions {
  readonly description?: string;
  readonly columns: Readonly<Record<string, string>>;
}

/** The definition as a crawl found it, with what people wrote in place of what the crawl says. */
export function describedTable(definition: CatalogTable, descriptions: StoredDescriptions): CatalogTable {
  return {
    ...definition,
    ...(descriptions.description !== undefined && { description: descriptions.description }),
    columns: definition.columns.map((column) => {
      const description = Object.hasOwn(descriptions.columns, column.name) && descriptions.columns[column.name];
      return description ? { ...column, description } : column;
    }),
  };
}

/** The descriptions after a change: absent means untouched, `null` removes. */
export function changedDescriptions(stored: StoredDescriptions, changes: TableDescriptions): StoredDescriptions {
  const columns = new Map(Object.entries(stored.columns));
  for (const [name, description] of Object.entries(changes.columns ?? {})) {
    if (description === null) columns.delete(name);
    else columns.set(name, description);
  }
  const description = changes.description === undefined ? stored.description : changes.description;
  return { ...(typeof description === 'string' && { description }), columns: Object.fromEntries(columns) };
}

/** Everything of a table that a search looks at. */
export function searchText(table: CatalogTable): string {
  const columns = table.columns.flatMap(({ name, description }) => [name, description ?? '']);
  return [table.table, table.description ?? '', ...columns].join('\n').toLowerCase();
}

/** Throws `UnknownColumn` when one of the names is no column of the table. */
export function refuseUnknownColumns(table: CatalogTable, named: readonly string[]): void {
  const columns = table.columns.map(({ name }) => name);
  const unknown = named.find((name) => !columns.includes(name));
  if (unknown !== undefined) throw new UnknownColumn(table.table, unknown, columns);
}
