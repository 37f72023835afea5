import { reject } from '../reject.js';
import { suggest } from '../nearest.js';
import { quoteName } from '../sql-text.js';
import {
  type Alias,
  as,
  type Expression,
  type Identifier,
  type Join,
  open,
  type Subquery,
  type TableReference,
  type Unnest,
  type Values,
} from './ast.js';
import type { ExpressionWriter } from './expression-writer.js';
import type { QueryWriter } from './query-writer.js';
import { renamed } from './renamed.js';
import type { OutputColumn, Source } from './scope.js';
import { commonType } from './trino-type.js';
import { writeUnnest } from './unnest.js';

const JOINS: Readonly<Record<string, string>> = {
  Inner: 'JOIN',
  Left: 'LEFT JOIN',
  Right: 'RIGHT JOIN',
  Full: 'FULL JOIN',
  Cross: 'CROSS JOIN',
  Natural: 'NATURAL JOIN',
  NaturalLeft: 'NATURAL LEFT JOIN',
  NaturalRight: 'NATURAL RIGHT JOIN',
  NaturalFull: 'NATURAL FULL JOIN',
};

/** Writes FROM and fills the scope with its sources, from left to right. */
export function writeFrom(
  queries: QueryWriter,
  expressions: ExpressionWriter,
  items: readonly Expression[],
  joins: readonly Join[],
): string {
  const texts = items.map((item) => writeItem(queries, expressions, item));
  return texts.join(', ') + joins.map((join) => writeJoin(queries, expressions, join)).join('');
}

function writeJoin(queries: QueryWriter, expressions: ExpressionWriter, join: Join): string {
  const { scope, context } = expressions;
  const word = JOINS[join.kind] ?? context.refuse(`There is no ${join.kind.toUpperCase()} JOIN in Athena.`);
  const before = scope.sources.length;
  const item = writeItem(queries, expressions, join.this);
  const [left, right] = [scope.sources.slice(0, before), scope.sources.slice(before)];
  const shared = join.kind.startsWith('Natural') ? sharedNames(left, right) : join.using.map(({ name }) => name);
  for (const name of shared)
    merge(
      expressions,
      left,
      right,
      name,
      join.using.find((each) => each.name === name),
    );
  const on = join.on ? ` ON ${expressions.write(join.on).sql}` : '';
  const using = join.using.length > 0 ? ` USING (${join.using.map(({ name }) => quoteName(name)).join(', ')})` : '';
  if (on === '' && using === '' && !word.includes('CROSS') && !word.includes('NATURAL'))
    context.refuse(`${word} needs ON or USING.`);
  return ` ${word} ${item}${on}${using}`;
}

const columnsNamed = (sources: readonly Source[], name: string): OutputColumn[] =>
  sources.flatMap(({ columns }) => columns.filter((column) => column.name.toLowerCase() === name.toLowerCase()));

function sharedNames(left: readonly Source[], right: readonly Source[]): string[] {
  return left
    .flatMap(({ columns }) => columns.map(({ name }) => name))
    .filter((name) => columnsNamed(right, name).length > 0);
}

/** One column out of two of the same name. */
function merge(
  { scope, context }: ExpressionWriter,
  left: readonly Source[],
  right: readonly Source[],
  name: string,
  written?: Identifier,
): void {
  const [a] = columnsNamed(left, name);
  const [b] = columnsNamed(right, name);
  if (!a || !b) {
    const side = a ? right : left;
    const hint = suggest(
      name,
      side.flatMap(({ columns }) => columns.map((column) => column.name)),
      'columns',
    );
    reject('unknown_column', `USING needs ${name} on both sides of the join.`, {
      place: written && context.placeOf(written),
      hint,
    });
  }
  for (const { origin } of [a, b]) if (origin) context.read(origin.table, origin.column);
  scope.merged.set(name.toLowerCase(), commonType([a.type, b.type]));
}

function writeItem(queries: QueryWriter, expressions: ExpressionWriter, item: Expression): string {
  const [kind, parts] = open(item);
  switch (kind) {
    case 'table':
      return writeTable(expressions, parts as TableReference);
    case 'subquery':
      return writeSubquery(queries, expressions, parts as Subquery);
    case 'values':
      return writeSubquery(queries, expressions, asSubquery(parts as Values));
    case 'unnest':
      return writeUnnest(expressions, parts as Unnest, undefined, []);
    case 'alias':
      return writeAliased(queries, expressions, parts as Alias);
    case 'joined_table':
      return writeJoined(queries, expressions, parts as { left: Expression; joins: readonly Join[] });
    case 'paren':
      return writeItem(queries, expressions, (parts as { this: Expression }).this);
    case 'function':
      return expressions.context.refuse('Functions that give tables are not available, save UNNEST.');
    default:
      return expressions.context.refuse(`FROM takes tables, subqueries and UNNEST, not ${kind.replaceAll('_', ' ')}.`);
  }
}

const asSubquery = (values: Values): Subquery => ({
  this: { values: { ...values, alias: null, column_aliases: [] } },
  alias: values.alias,
  column_aliases: values.column_aliases,
  order_by: null,
  limit: null,
  offset: null,
  lateral: false,
});

function writeAliased(
  queries: QueryWriter,
  expressions: ExpressionWriter,
  { this: inner, alias, column_aliases }: Alias,
): string {
  const unwrapped = as<{ this: Expression }>(inner, 'paren')?.this ?? inner;
  const unnest = as<Unnest>(unwrapped, 'unnest');
  if (unnest) return writeUnnest(expressions, unnest, alias, column_aliases);
  return writeItem(queries, expressions, inner);
}

function writeJoined(
  queries: QueryWriter,
  expressions: ExpressionWriter,
  { left, joins }: { left: Expression; joins: readonly Join[] },
): string {
  return `(${writeFrom(queries, expressions, [left], joins)})`;
}

function writeSubquery(queries: QueryWriter, expressions: ExpressionWriter, subquery: Subquery): string {
  const { scope, context, commonTables } = expressions;
  const around = subquery.lateral ? scope : scope.parent;
  const relation = queries.write({ subquery: { ...subquery, alias: null } }, around, commonTables);
  const columns = renamed(relation.columns, subquery.column_aliases, context);
  const alias = subquery.alias?.name ?? context.freshName('derived');
  scope.sources.push({ alias, columns });
  const names =
    subquery.column_aliases.length > 0
      ? `(${subquery.column_aliases.map(({ name }) => quoteName(name)).join(', ')})`
      : '';
  return `${subquery.lateral ? 'LATERAL ' : ''}(${relation.sql}) AS ${quoteName(alias)}${names}`;
}

function writeTable(expressions: ExpressionWriter, table: TableReference): string {
  const { scope, context, commonTables } = expressions;
  refuseTableOptions(expressions, table);
  const name = table.name.name.toLowerCase();
  const common = table.schema || table.catalog ? undefined : commonTables.get(name);
  const columns = common ?? storedColumns(expressions, table, name);
  const alias = table.alias?.name ?? table.name.name;
  scope.sources.push({ alias, columns: renamed(columns, table.column_aliases, context) });
  const names =
    table.column_aliases.length > 0
      ? `(${table.column_aliases.map((column) => quoteName(column.name)).join(', ')})`
      : '';
  return `${common ? '' : 'main.'}${quoteName(name)} AS ${quoteName(alias)}${names}${sampleOf(expressions, table)}`;
}

/**
 * A stored table may be written with the names that Athena gives its place, `default` and `AwsDataCatalog`. Any other
 * place does not exist here, which is all that is said about tables of others.
 */
function storedColumns({ context }: ExpressionWriter, table: TableReference, name: string): readonly OutputColumn[] {
  const schema = context.schema(name);
  const here =
    (table.schema === null || table.schema.name.toLowerCase() === 'default') &&
    (table.catalog === null || table.catalog.name.toLowerCase() === 'awsdatacatalog');
  if (!schema || !here) return unknownTable(context, table);
  context.read(name);
  return schema.columns.map((column) => ({
    name: column.name,
    type: canonicalType(column.type),
    origin: { table: name, column: column.name },
  }));
}

function unknownTable(context: ExpressionWriter['context'], { name, schema, catalog }: TableReference): never {
  const written = [catalog, schema, name].flatMap((part) => (part ? [part.name] : [])).join('.');
  const hint = suggest(
    name.name,
    context.tables.map(({ table }) => table),
    'tables',
  );
  return reject('unknown_table', `There is no table ${written}.`, { place: context.placeOf(name), hint });
}

/** Types as catalogs write them: `decimal(10, 2)`, `timestamp(3)`, `varchar(20)`. */
function canonicalType(type: string): string {
  const lower = type
    .toLowerCase()
    .trim()
    .replace(/\s*([(),])\s*/g, '$1');
  const plain = lower.replace(/^(varchar|char)\(\d+\)$/, 'varchar').replace(/^(timestamp|time)\(\d+\)/, '$1');
  const names: Readonly<Record<string, string>> = {
    int: 'integer',
    string: 'varchar',
    float: 'real',
    decimal: 'decimal(38,0)',
  };
  return names[plain] ?? plain;
}

function refuseTableOptions({ context }: ExpressionWriter, table: TableReference): void {
  const options = table as unknown as Readonly<Record<string, unknown>>;
  for (const option of [
    'version',
    'when',
    'system_time',
    'partitions',
    'changes',
    'identifier_func',
    'only',
    'final_',
  ]) {
    const value = options[option];
    if (value && !(Array.isArray(value) && value.length === 0))
      context.refuse('A table is read as it is now: there are no versions, partitions or options.');
  }
  const hints = options['hints'];
  if (Array.isArray(hints) && hints.length > 0) context.refuse('A table takes no hints.');
}

function sampleOf(expressions: ExpressionWriter, { table_sample }: TableReference): string {
  if (!table_sample) return '';
  const method = table_sample.method.toUpperCase();
  if (method !== 'BERNOULLI' && method !== 'SYSTEM') expressions.context.refuse('TABLESAMPLE is BERNOULLI or SYSTEM.');
  const size = expressions.write(table_sample.size).sql;
  if (!/^\d+(\.\d+)?$/.test(size)) expressions.context.refuse('TABLESAMPLE takes a percentage.');
  return ` TABLESAMPLE ${method} (${size} PERCENT)`;
}
