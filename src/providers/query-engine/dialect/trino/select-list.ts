import { reject } from '../reject.js';
import { quoteName } from '../sql-text.js';
import { type Alias, as, type Column, type Expression, type Identifier, type Star } from './ast.js';
import type { ExpressionWriter } from './expression-writer.js';
import type { Written } from './rule.js';
import type { OutputColumn, Source } from './scope.js';
import { suggest } from '../nearest.js';

interface SelectList {
  readonly sql: string;
  readonly columns: readonly OutputColumn[];
  /** What the output columns stand for, by name in lower case, for ORDER BY. */
  readonly aliases: ReadonlyMap<string, Written>;
}

interface Item {
  readonly sql: string;
  readonly columns: readonly OutputColumn[];
  readonly alias?: { readonly name: string; readonly written: Written };
}

/** Writes the items of SELECT. Columns without a name are called `_col0`, `_col1` by their position, as in Athena. */
export function writeSelectList(writer: ExpressionWriter, expressions: readonly Expression[]): SelectList {
  const items: Item[] = [];
  for (const expression of expressions) {
    const position = items.reduce((sum, { columns }) => sum + columns.length, 0);
    items.push(writeItem(writer, expression, position));
  }
  return {
    sql: items.map(({ sql }) => sql).join(', '),
    columns: items.flatMap(({ columns }) => columns),
    aliases: new Map(items.flatMap(({ alias }) => (alias ? [[alias.name.toLowerCase(), alias.written] as const] : []))),
  };
}

function writeItem(writer: ExpressionWriter, expression: Expression, position: number): Item {
  const annotated = as<{ this: Expression }>(expression, 'annotated');
  if (annotated) return writeItem(writer, annotated.this, position);
  const star = as<Star>(expression, 'star');
  if (star) return writeStar(writer, star);
  const alias = as<Alias>(expression, 'alias');
  if (alias) return named(alias.alias.name, writer.write(alias.this), undefined, true);
  const column = as<Column>(expression, 'column');
  const written = writer.write(expression);
  if (!column) return named(`_col${position}`, written, undefined, false);
  return named(column.name.name, written, originOf(writer, column), true);
}

function named(name: string, written: Written, origin: OutputColumn['origin'], visible: boolean): Item {
  const item = { sql: `${written.sql} AS ${quoteName(name)}`, columns: [{ name, type: written.type, origin }] };
  return visible ? { ...item, alias: { name, written } } : item;
}

function originOf(writer: ExpressionWriter, { name, table }: Column): OutputColumn['origin'] {
  return writer.scope.find(name.name, table?.name)[0]?.column.origin;
}

/** `*` and `t.*`: columns that USING joined come once and first, as in Trino. */
function writeStar(writer: ExpressionWriter, star: Star): Item {
  refuseStarOptions(writer, star);
  const sources = star.table ? [sourceOf(writer, star.table)] : writer.scope.sources;
  if (sources.length === 0) writer.context.refuse('SELECT * needs a FROM.');
  for (const { origin } of sources.flatMap(({ columns }) => columns))
    if (origin) writer.context.read(origin.table, origin.column);
  const merged = star.table ? [] : [...writer.scope.merged].map(([name, type]) => ({ name, type }));
  const rest = sources.flatMap((source) =>
    source.columns.filter(({ name }) => star.table !== null || !writer.scope.isMerged(name)),
  );
  const columns = [...merged, ...rest];
  if (merged.length === 0) return { sql: star.table ? `${quoteName(star.table.name)}.*` : '*', columns };
  const texts = [
    ...merged.map(({ name }) => quoteName(name)),
    ...sources.flatMap((source) =>
      columnTexts(source).filter((_, index) => !writer.scope.isMerged(source.columns[index]?.name ?? '')),
    ),
  ];
  return { sql: texts.join(', '), columns };
}

const columnTexts = ({ alias, columns }: Source): string[] =>
  columns.map(({ name }) => (alias === '' ? quoteName(name) : `${quoteName(alias)}.${quoteName(name)}`));

function sourceOf(writer: ExpressionWriter, table: Identifier): Source {
  const source = writer.scope.source(table.name);
  if (source) return source;
  return reject('unknown_column', `There is no table ${table.name} in FROM.`, {
    place: writer.context.placeOf(table),
    hint: suggest(table.name, writer.scope.sourceNames(), 'tables in FROM'),
  });
}

function refuseStarOptions(writer: ExpressionWriter, star: Star): void {
  const options = star as unknown as Readonly<Record<string, unknown>>;
  if (options['except'] || options['replace'] || options['rename']) {
    writer.context.refuse('Athena has no EXCEPT, REPLACE or RENAME after *.', 'Name the columns.');
  }
}
