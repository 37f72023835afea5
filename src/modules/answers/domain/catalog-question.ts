import { inertText, shortened } from './inert-text.js';
import type { CatalogTable } from '../../../providers/catalog/catalog.js';
import { listed } from './plan-words.js';

/** A question about what there is, rather than about what it holds. */
export type CatalogQuestion =
  | { readonly about: 'tables' }
  | { readonly about: 'columns'; readonly table: string }
  | { readonly about: 'column'; readonly table: string; readonly column: string };

const start =
  '(?:please )?(?:can you |could you )?(?:tell me |show me |list |show |give me |what are |what |which |how many |describe |do you have )';
const tablesPattern = new RegExp(
  `^(?:${start})(?:me )?(?:all |any )?(?:of )?(?:the |my |our |your )?(?:available |existing )?(?:data ?)?(?:tables|data ?sets|data)(?: (?:are there|do (?:you|we|i) have|exist|are available|is available|is there|have you got|can i (?:ask about|query|use)|there are|you have|do you know))?$`,
);
const columnsOf =
  /\b(?:columns|fields|attributes|schema|structure)\b.*?\b(?:of|in|does|has|have|from|for)\b (?:the )?(?:table )?(.+?)(?: table)?(?: have| has| contain| there)?$/;
const columnsHas =
  /^(?:what|which) (?:columns|fields|attributes) (?:does|do|has|have|are there in|are in) (?:the )?(?:table )?(.+?)(?: table)?(?: have| has| contain)?$/;
const describing = /^(?:describe|explain) (?:the )?(?:table )?(.+?)(?: table)?$/;
const whatIs =
  /^what (?:is|does) (?:the )?column (.+?)(?: mean| contain| hold)?(?: (?:of|in) (?:the )?(?:table )?(.+?)(?: table)?)?(?: mean)?$/;

/** Undefined when the question is about the data, or names no table. */
export function catalogQuestionOf(said: string, tables: readonly CatalogTable[]): CatalogQuestion | undefined {
  const words = normal(said);
  if (tablesPattern.test(words)) return { about: 'tables' };
  const column = whatIs.exec(words);
  if (column) {
    const found = findColumn(column[1]!, column[2], tables);
    if (found) return { about: 'column', ...found };
  }
  const named = (columnsHas.exec(words) ?? columnsOf.exec(words) ?? describing.exec(words))?.[1];
  const table = named === undefined ? undefined : findTable(named, tables);
  return table && { about: 'columns', table: table.table };
}

/** The answer, in Markdown. */
export function sayCatalog(question: CatalogQuestion, tables: readonly CatalogTable[]): string {
  if (question.about === 'tables') return sayTables(tables);
  const table = tables.find((each) => each.table === question.table)!;
  if (question.about === 'columns') return sayColumns(table);
  const column = table.columns.find(({ name }) => name === question.column)!;
  return `${columnLine(column).slice(2)} It is a column of ${inertText(table.table)}.`;
}

function sayTables(tables: readonly CatalogTable[]): string {
  if (tables.length === 0) return 'There are no tables yet. Upload a CSV file and publish it; then ask again.';
  const lines = tables.slice(0, 50).map(({ table, rows, description, columns }) => {
    const names = columns.slice(0, 8).map(({ name }) => inertText(name));
    const more = columns.length > names.length ? ', …' : '';
    const text = description ? ` ${inertText(shortened(description, 160))}` : '';
    return `- **${inertText(table)}** (${rows.toLocaleString('en')} rows): ${names.join(', ')}${more}.${text}`;
  });
  const rest = tables.length > lines.length ? [`… and ${tables.length - lines.length} more.`] : [];
  return [`There ${tables.length === 1 ? 'is one table' : `are ${tables.length} tables`}:`, '', ...lines, ...rest].join(
    '\n',
  );
}

function sayColumns({ table, columns, rows }: CatalogTable): string {
  const lines = columns.slice(0, 60).map(columnLine);
  const rest = columns.length > lines.length ? [`… and ${columns.length - lines.length} more.`] : [];
  return [
    `**${inertText(table)}** has ${columns.length} columns and ${rows.toLocaleString('en')} rows:`,
    '',
    ...lines,
    ...rest,
  ].join('\n');
}

function columnLine({ name, type, description, top_values: top = [] }: CatalogTable['columns'][number]): string {
  const values = top.slice(0, 3).map(({ value }) => inertText(shortened(value, 40)));
  const text = description ? ` ${inertText(shortened(description, 160))}` : '';
  return `- **${inertText(name)}**: ${type}${values.length > 0 ? `, such as ${listed(values, 'or')}` : ''}.${text}`;
}

function findColumn(
  named: string,
  inTable: string | undefined,
  tables: readonly CatalogTable[],
): { table: string; column: string } | undefined {
  const table = inTable === undefined ? undefined : findTable(inTable, tables);
  for (const { table: name, columns } of table ? [table] : tables) {
    const column = columns.find((each) => spaced(each.name) === spaced(named));
    if (column) return { table: name, column: column.name };
  }
  return undefined;
}

function findTable(named: string, tables: readonly CatalogTable[]): CatalogTable | undefined {
  const wanted = spaced(named);
  return tables.find(
    ({ table }) => spaced(table) === wanted || spaced(table) === `${wanted}s` || `${spaced(table)}s` === wanted,
  );
}

function spaced(name: string): string {
  return name
    .toLowerCase()
    .replace(/[_\s]+/g, ' ')
    .trim();
}

function normal(said: string): string {
  return said
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[?!."']+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
