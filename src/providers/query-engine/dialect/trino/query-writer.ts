import { quoteName } from '../sql-text.js';
import {
  as,
  type Column,
  type Expression,
  type Identifier,
  type Literal,
  open,
  type Select,
  type SetOperation,
  type Subquery,
  type Values,
  type With,
} from './ast.js';
import type { Context } from './context.js';
import { ExpressionWriter } from './expression-writer.js';
import { writeFrom } from './from-writer.js';
import { renamed } from './renamed.js';
import { refuseUnreadClauses } from './refusals.js';
import type { Written } from './rule.js';
import { type CommonTables, type OutputColumn, Scope } from './scope.js';
import { writeSelectList } from './select-list.js';
import { commonType } from './trino-type.js';
import { directionOf, writeOrder, writeWindow } from './window.js';

/** A query in the engine's words and the columns it gives. */
export interface Relation {
  readonly sql: string;
  readonly columns: readonly OutputColumn[];
}

const SET_WORDS: Readonly<Record<string, string>> = { union: 'UNION', intersect: 'INTERSECT', except: 'EXCEPT' };

/** Writes queries: SELECT, VALUES, set operations and WITH, each inside of its scope. */
export class QueryWriter {
  constructor(readonly context: Context) {}

  /** @param outer names of the query around this one, for correlated subqueries */
  write(query: Expression, outer: Scope | undefined, commonTables: CommonTables): Relation {
    const [kind, parts] = open(query);
    switch (kind) {
      case 'select':
        return this.select(parts as Select, outer, commonTables);
      case 'union':
      case 'intersect':
      case 'except':
        return this.setOperation(kind, parts as SetOperation, outer, commonTables);
      case 'values':
        return this.values(parts as Values, outer, commonTables);
      case 'subquery':
        return this.parenthesised(parts as Subquery, outer, commonTables);
      case 'paren':
        return this.write((parts as { this: Expression }).this, outer, commonTables);
      default:
        return this.context.refuse('Only SELECT, WITH, VALUES and set operations are allowed.');
    }
  }

  expressions(scope: Scope, commonTables: CommonTables): ExpressionWriter {
    return new ExpressionWriter(this.context, scope, commonTables, (query, around, visible): Written => {
      const { sql, columns } = this.write(query, around, visible);
      return { sql, type: columns.length === 1 ? columns[0]?.type : undefined };
    });
  }

  private select(select: Select, outer: Scope | undefined, visible: CommonTables): Relation {
    refuseUnreadClauses(select, this.context);
    const { sql: withSql, commonTables } = this.with(select.with, outer, visible);
    const scope = new Scope(outer);
    const expressions = this.expressions(scope, commonTables);
    const from = select.from ? ` FROM ${writeFrom(this, expressions, select.from.expressions, select.joins)}` : '';
    const list = writeSelectList(expressions, select.expressions);
    const clauses = [
      `${withSql}SELECT ${select.distinct ? 'DISTINCT ' : ''}${list.sql}${from}`,
      select.where_clause && `WHERE ${expressions.write(select.where_clause.this).sql}`,
      this.groupBy(expressions, select),
      select.having && `HAVING ${expressions.write(select.having.this).sql}`,
      select.windows?.length &&
        `WINDOW ${select.windows.map(({ name, spec }) => `${quoteName(name.name)} AS ${writeWindow(expressions, spec)}`).join(', ')}`,
      this.orderBySelect(expressions, select, list.aliases),
      this.limits(expressions, select.limit?.this ?? select.fetch?.count, select.offset?.this),
    ];
    return {
      sql: clauses.filter((clause) => typeof clause === 'string' && clause !== '').join(' '),
      columns: list.columns,
    };
  }

  private groupBy(expressions: ExpressionWriter, { group_by }: Select): string {
    if (!group_by) return '';
    if (group_by.all && group_by.expressions.length === 0)
      this.context.refuse('GROUP BY ALL is not available in Athena.', 'Name the columns.');
    return `GROUP BY ${group_by.expressions.map((item) => this.groupingElement(expressions, item)).join(', ')}`;
  }

  /** An expression, a list of them in parentheses, or ROLLUP, CUBE and GROUPING SETS. */
  private groupingElement(expressions: ExpressionWriter, item: Expression): string {
    const call = as<{ name: string; args: readonly Expression[] }>(item, 'function');
    const word = call?.name.toUpperCase();
    if (call && (word === 'ROLLUP' || word === 'CUBE' || word === 'GROUPING SETS')) {
      return `${word} (${call.args.map((arg) => this.groupingElement(expressions, arg)).join(', ')})`;
    }
    const tuple = as<{ expressions: readonly Expression[] }>(item, 'tuple');
    if (tuple) return `(${expressions.list(tuple.expressions)})`;
    return expressions.write(item).sql;
  }

  /** ORDER BY sees output columns before the columns of FROM. */
  private orderBySelect(
    expressions: ExpressionWriter,
    { order_by }: Select,
    aliases: ReadonlyMap<string, Written>,
  ): string {
    if (!order_by || order_by.expressions.length === 0) return '';
    const items = order_by.expressions.map((item) => {
      const column = as<Column>(item.this, 'column');
      const alias = column?.table === null && aliases.has(column.name.name.toLowerCase());
      if (alias) return `${quoteName(column.name.name)}${directionOf(item)}`;
      expressions.scope.aliases = aliases;
      const written = writeOrder(expressions, [item]);
      expressions.scope.aliases = new Map();
      return written;
    });
    return `ORDER BY ${items.join(', ')}`;
  }

  private limits(
    expressions: ExpressionWriter,
    limit: Expression | null | undefined,
    offset: Expression | null | undefined,
  ): string {
    const all = as<Column>(limit, 'column')?.name.name.toLowerCase() === 'all';
    const parts = [
      ...(limit && !all ? [`LIMIT ${this.rowCount(expressions, limit)}`] : []),
      ...(offset ? [`OFFSET ${this.rowCount(expressions, offset)}`] : []),
    ];
    return parts.join(' ');
  }

  private rowCount(expressions: ExpressionWriter, count: Expression): string {
    const literal = as<Literal>(count, 'literal');
    const isCount = literal ? /^\d+$/.test(literal.value) : as(count, 'parameter') !== undefined;
    if (!isCount) this.context.refuse('LIMIT and OFFSET take a whole number or a parameter.');
    return expressions.write(count).sql;
  }

  private setOperation(
    kind: string,
    operation: SetOperation,
    outer: Scope | undefined,
    visible: CommonTables,
  ): Relation {
    if (operation.corresponding) this.context.refuse('CORRESPONDING is not available.');
    const { sql: withSql, commonTables } = this.with(operation.with, outer, visible);
    const { right, limit: liftedLimit } = liftFetch(operation.right, this.context);
    const [a, b] = [this.write(operation.left, outer, commonTables), this.write(right, outer, commonTables)];
    if (a.columns.length !== b.columns.length) {
      this.context.refuse(
        `Both sides of ${SET_WORDS[kind]} must have as many columns: ${a.columns.length} and ${b.columns.length}.`,
      );
    }
    const columns = a.columns.map(({ name, type }, index) => ({
      name,
      type: commonType([type, b.columns[index]?.type]),
    }));
    const word = `${SET_WORDS[kind]}${operation.all ? ' ALL' : ''}`;
    const scope = new Scope(outer);
    scope.sources.push({ alias: '', columns });
    const expressions = this.expressions(scope, commonTables);
    const order = operation.order_by?.expressions ?? [];
    const parts = [
      `${withSql}${operand(operation.left, a.sql)} ${word} ${operand(right, b.sql)}`,
      order.length > 0 ? `ORDER BY ${writeOrder(expressions, order)}` : '',
      this.limits(expressions, operation.limit ?? liftedLimit, operation.offset),
    ];
    return { sql: parts.filter((part) => part !== '').join(' '), columns };
  }

  private values(values: Values, outer: Scope | undefined, visible: CommonTables): Relation {
    const expressions = this.expressions(new Scope(outer), visible);
    const rows = values.expressions.map((row) => row.expressions.map((value) => expressions.write(value)));
    const width = rows[0]?.length ?? 0;
    if (rows.some((row) => row.length !== width)) this.context.refuse('All rows of VALUES must have as many values.');
    const columns = Array.from({ length: width }, (_, index) => ({
      name: `_col${index}`,
      type: commonType(rows.map((row) => row[index]?.type)),
    }));
    const text = rows.map((row) => `(${row.map(({ sql }) => sql).join(', ')})`).join(', ');
    const names = columns.map(({ name }) => quoteName(name)).join(', ');
    return { sql: `SELECT * FROM (VALUES ${text}) AS "values"(${names})`, columns };
  }

  private parenthesised(subquery: Subquery, outer: Scope | undefined, visible: CommonTables): Relation {
    const inner = this.write(subquery.this, outer, visible);
    const scope = new Scope(outer);
    scope.sources.push({ alias: '', columns: inner.columns });
    const expressions = this.expressions(scope, visible);
    const order = subquery.order_by?.expressions ?? [];
    const limits = this.limits(expressions, subquery.limit?.this, subquery.offset?.this);
    if (order.length === 0 && limits === '') return inner;
    const orderSql = order.length > 0 ? `ORDER BY ${writeOrder(expressions, order)}` : '';
    return {
      sql: [`SELECT * FROM (${inner.sql})`, orderSql, limits].filter((part) => part !== '').join(' '),
      columns: inner.columns,
    };
  }

  /** WITH: each name is visible to those after it, and to itself when it is recursive. */
  private with(
    clause: With | null,
    outer: Scope | undefined,
    visible: CommonTables,
  ): { sql: string; commonTables: CommonTables } {
    if (!clause) return { sql: '', commonTables: visible };
    const commonTables = new Map(visible);
    const texts = clause.ctes.map(({ alias, this: query, columns: names }) => {
      const body = clause.recursive
        ? this.recursive(alias, query, names, outer, commonTables)
        : this.write(query, outer, commonTables);
      const columns = renamed(body.columns, names, this.context);
      commonTables.set(alias.name.toLowerCase(), columns);
      const list = names.length > 0 ? `(${names.map(({ name }) => quoteName(name)).join(', ')})` : '';
      return `${quoteName(alias.name.toLowerCase())}${list} AS (${body.sql})`;
    });
    return { sql: `WITH ${clause.recursive ? 'RECURSIVE ' : ''}${texts.join(', ')} `, commonTables };
  }

  /** The first branch says which columns a recursive table has. */
  private recursive(
    alias: Identifier,
    query: Expression,
    names: readonly Identifier[],
    outer: Scope | undefined,
    visible: CommonTables,
  ): Relation {
    const union = as<SetOperation>(query, 'union');
    if (!union) return this.write(query, outer, visible);
    const start = new QueryWriter(this.context).write(union.left, outer, visible);
    const own = new Map(visible).set(alias.name.toLowerCase(), renamed(start.columns, names, this.context));
    return this.write(query, outer, own);
  }
}

/** The parser gives a FETCH after a set operation to its last SELECT. */
function liftFetch(right: Expression, context: Context): { right: Expression; limit?: Expression | undefined } {
  const select = as<Select>(right, 'select');
  if (!select?.fetch) return { right };
  refuseUnreadClauses(select, context);
  return {
    right: { select: { ...select, fetch: null } },
    limit: select.fetch.count ?? { literal: { literal_type: 'number', value: '1' } },
  };
}

/** Operands stand in parentheses unless they are plain SELECTs, which a recursive table wants bare. */
function operand(expression: Expression, sql: string): string {
  const select = as<Select>(expression, 'select');
  const bare = select && !select.order_by && !select.limit && !select.offset && !select.fetch && !select.with;
  return bare ? sql : `(${sql})`;
}
