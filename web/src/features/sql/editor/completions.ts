import { sqlName } from '../../../lib/sql-names';
import { statementAt } from '../statements';

export interface CatalogTable {
  readonly table: string;
  readonly description?: string;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly description?: string }[];
}

/** A word that may be meant. */
export interface Suggestion {
  readonly label: string;
  /** What is written, where that is not the label. */
  readonly apply?: string;
  readonly kind: 'column' | 'table' | 'function' | 'keyword';
  /** A column's type, or how many columns a table has. */
  readonly detail?: string;
  readonly info?: string;
  /** Higher comes first, from -99 to 99. */
  readonly boost: number;
}

export interface Suggestions {
  /** Where the word begins that they complete. */
  readonly from: number;
  readonly options: readonly Suggestion[];
}

interface Words {
  readonly functions: readonly string[];
  readonly keywords: readonly string[];
}

const reading = /\b(?:from|join|,)\s+"?(\w+)"?(?:\s+(?:as\s+)?(\w+))?/gi;
const notAliases = /^(?:where|group|order|on|join|left|right|inner|full|cross|natural|using|limit|having|union|as)$/i;

/** What may stand at a place of a text: columns of the tables that the statement reads come before all else. */
export function suggestionsAt(
  text: string,
  position: number,
  catalog: readonly CatalogTable[],
  words: Words,
): Suggestions | undefined {
  const before = text.slice(0, position);
  const [, qualifier, word = ''] = /(?:"?(\w+)"?\.)?"?(\w*)$/.exec(before) ?? [];
  const from = position - word.length - (before.at(-word.length - 1) === '"' ? 1 : 0);
  const range = statementAt(text, position);
  const read = tablesRead(range ? text.slice(range.from, range.to) : '', catalog);
  if (qualifier !== undefined) {
    const table = read.get(qualifier.toLowerCase()) ?? catalog.find(({ table }) => sameName(table, qualifier));
    return table && { from, options: columnsOf([table]) };
  }
  if (/\b(?:from|join)\s+"?\w*$/i.test(before)) return { from, options: tablesOf(catalog, 50) };
  return {
    from,
    options: [
      ...columnsOf([...new Set(read.values())]),
      ...tablesOf(catalog, 0),
      ...words.functions.map((label) => ({ label, kind: 'function' as const, apply: `${label}(`, boost: -10 })),
      ...words.keywords.map((label) => ({ label, apply: label.toUpperCase(), kind: 'keyword' as const, boost: -5 })),
    ],
  };
}

/** The tables of a statement by their names and aliases, in lower case. */
function tablesRead(statement: string, catalog: readonly CatalogTable[]): Map<string, CatalogTable> {
  const found = new Map<string, CatalogTable>();
  for (const [, name, alias] of statement.matchAll(reading)) {
    const table = catalog.find((each) => sameName(each.table, name!));
    if (!table) continue;
    found.set(name!.toLowerCase(), table);
    if (alias && !notAliases.test(alias)) found.set(alias.toLowerCase(), table);
  }
  return found;
}

function columnsOf(tables: readonly CatalogTable[]): Suggestion[] {
  return tables.flatMap(({ columns }) =>
    columns.map(({ name, type, description }) => ({
      label: name,
      apply: sqlName(name),
      kind: 'column' as const,
      detail: type,
      info: description || undefined,
      boost: 60,
    })),
  );
}

function tablesOf(catalog: readonly CatalogTable[], boost: number): Suggestion[] {
  return catalog.map(({ table, columns, description }) => ({
    label: table,
    apply: sqlName(table),
    kind: 'table' as const,
    detail: `${columns.length} columns`,
    info: description || undefined,
    boost,
  }));
}

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
