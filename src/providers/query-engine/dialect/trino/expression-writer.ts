import { reject } from '../reject.js';
import { suggest } from '../nearest.js';
import { quoteName, quoteText } from '../sql-text.js';
import { writeArithmetic } from './arithmetic.js';
import {
  as,
  type CallParts,
  type Column,
  type DataType,
  type Expression,
  type Identifier,
  type Lambda,
  type Literal,
  open,
} from './ast.js';
import { writeCast } from './cast.js';
import type { Context } from './context.js';
import { atTimeZone } from './date-functions.js';
import { writeCall, writeWindowCall } from './call-writer.js';
import { writeExtract } from './extract.js';
import { writeInterval, writeLiteral } from './literals.js';
import type { Written } from './rule.js';
import type { CommonTables, Scope } from './scope.js';
import {
  commonType,
  elementType,
  isMap,
  isText,
  isTimestamp,
  rowFields,
  type TrinoType,
  valueType,
} from './trino-type.js';

/** Writes a query inside an expression; its type is that of its first column. */
export type SubqueryWriter = (query: Expression, scope: Scope, commonTables: CommonTables) => Written;

const COMPARISONS: Readonly<Record<string, string>> = {
  eq: '=',
  neq: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
  null_safe_eq: 'IS NOT DISTINCT FROM',
  null_safe_neq: 'IS DISTINCT FROM',
};

const QUANTIFIED: Readonly<Record<string, string>> = { Eq: '=', Neq: '<>', Lt: '<', Lte: '<=', Gt: '>', Gte: '>=' };

/** Writes expressions of one place of a statement. Kinds that are not listed do not get through. */
export class ExpressionWriter {
  constructor(
    readonly context: Context,
    readonly scope: Scope,
    readonly commonTables: CommonTables,
    readonly writeSubquery: SubqueryWriter,
    private readonly lambdaParameters: ReadonlyMap<string, Written> = new Map(),
  ) {}

  write(expression: Expression): Written {
    const [kind, parts] = open(expression);
    const written = this.writeKind(kind, parts, expression);
    if (written.sql.length > 1_000_000) this.context.refuse('The statement is too deeply nested.');
    return written;
  }

  /** A boolean, number or text as a list of SQL texts. */
  list(expressions: readonly Expression[]): string {
    return expressions.map((expression) => this.write(expression).sql).join(', ');
  }

  withParameters(parameters: ReadonlyMap<string, Written>): ExpressionWriter {
    const all = new Map([...this.lambdaParameters, ...parameters]);
    return new ExpressionWriter(this.context, this.scope, this.commonTables, this.writeSubquery, all);
  }

  private writeKind(kind: string, parts: unknown, expression: Expression): Written {
    const call = (parts ?? {}) as CallParts;
    switch (kind) {
      case 'literal':
        return writeLiteral(parts as Literal, this.context);
      case 'boolean':
        return { sql: (parts as { value: boolean }).value ? 'TRUE' : 'FALSE', type: 'boolean' };
      case 'null':
        return { sql: 'NULL', type: 'unknown' };
      case 'interval':
        return writeInterval(parts, this.context);
      case 'parameter':
        return this.parameter(parts as { index: number | null; style: string });
      case 'column':
        return this.column(parts as Column);
      case 'dot':
        return this.dot(parts as { this: Expression; field: Identifier });
      case 'subscript':
        return this.subscript(parts as { this: Expression; index: Expression });
      case 'paren':
      case 'annotated':
        return this.write(call.this ?? {});
      case 'alias':
        return this.context.refuse('AS is not allowed inside an expression.');
      case 'tuple':
        return { sql: `(${this.list(call.expressions ?? [])})`, type: undefined };
      case 'array_func':
        return this.array(call);
      case 'cast':
      case 'try_cast':
        return writeCast(this, kind, parts as { this: Expression; to: DataType; double_colon_syntax: boolean });
      case 'add':
      case 'sub':
      case 'mul':
      case 'div':
      case 'mod':
        return writeArithmetic(this, kind, call);
      case 'neg':
        return this.negative(call);
      case 'and':
      case 'or':
        return this.logic(kind, call);
      case 'not':
        return { sql: `(NOT ${this.write(call.this ?? {}).sql})`, type: 'boolean' };
      case 'concat':
        return this.concatenation(call);
      case 'is_null':
        return this.isNull(parts as { this: Expression; not: boolean });
      case 'is_true':
      case 'is_false':
        return this.isTruth(kind, parts as { this: Expression; not: boolean });
      case 'like':
        return this.like(
          parts as { left: Expression; right: Expression; escape: Expression | null; quantifier: string | null },
        );
      case 'between':
        return this.between(
          parts as { this: Expression; low: Expression; high: Expression; not: boolean; symmetric: boolean | null },
        );
      case 'in':
        return this.isIn(
          parts as { this: Expression; expressions: readonly Expression[]; query: Expression | null; not: boolean },
        );
      case 'exists':
        return this.exists(parts as { this: Expression; not: boolean });
      case 'any':
      case 'all':
        return this.quantified(kind, parts as { this: Expression; subquery: Expression; op: string | null });
      case 'case':
        return this.cases(
          parts as { operand: Expression | null; whens: readonly [Expression, Expression][]; else_: Expression | null },
        );
      case 'at_time_zone':
        return this.atTimeZone(parts as { this: Expression; zone: Expression });
      case 'extract':
        return writeExtract(this, parts as { this: Expression; field: unknown });
      case 'subquery':
      case 'select':
      case 'union':
      case 'intersect':
      case 'except':
      case 'values':
        return this.subquery(expression);
      case 'window_function':
        return writeWindowCall(this, parts);
      default:
        return kind in COMPARISONS ? this.comparison(kind, call) : writeCall(this, expression);
    }
  }

  /** A lambda with its parameters bound to new names. */
  lambda(expression: Expression, types: readonly TrinoType[]): Written {
    const lambda = this.lambdaOf(expression, types.length);
    const names = lambda.parameters.map(() => this.context.freshName('item'));
    const body = this.lambdaBody(
      lambda,
      names.map((sql, index) => ({ sql, type: types[index] })),
    );
    return { sql: `lambda ${names.join(', ')}: ${body.sql}`, type: body.type };
  }

  lambdaOf(expression: Expression, count: number): Lambda {
    const lambda = as<Lambda>(expression, 'lambda');
    if (lambda?.parameters.length !== count) {
      const shape = count === 1 ? 'x -> …' : '(a, b) -> …';
      return reject(
        'type_mismatch',
        `A function of ${count === 1 ? 'one value' : `${count} values`} is wanted here, such as ${shape}`,
      );
    }
    return lambda;
  }

  lambdaBody({ parameters, body }: Lambda, values: readonly Written[]): Written {
    const bound = parameters.map(({ name }, index): [string, Written] => [
      name.toLowerCase(),
      values[index] ?? { sql: 'NULL', type: undefined },
    ]);
    return this.withParameters(new Map(bound)).write(body);
  }

  /** `?` was numbered before the text was parsed, because the engine may want a parameter twice or in another order. */
  private parameter({ index, style }: { index: number | null; style: string }): Written {
    if (style !== 'Dollar' || index === null) this.context.refuse('Parameters are written as ?.');
    return { sql: `$${index}`, type: undefined };
  }

  private column({ name, table }: Column): Written {
    if (table === null) {
      const parameter = this.lambdaParameters.get(name.name.toLowerCase());
      if (parameter) return parameter;
      const alias = this.scope.aliases.get(name.name.toLowerCase());
      if (alias) return alias;
    } else {
      const parameter = this.lambdaParameters.get(table.name.toLowerCase());
      if (parameter) return this.field(parameter, name);
    }
    return this.resolve(name, table) ?? this.fieldOfColumn(name, table) ?? this.unknownColumn(name, table);
  }

  private resolve(name: Identifier, table: Identifier | null): Written | undefined {
    const found = this.scope.find(name.name, table?.name);
    const [match] = found;
    if (match === undefined) return undefined;
    const { column, source } = match;
    for (const {
      column: { origin },
    } of found)
      if (origin) this.context.read(origin.table, origin.column);
    const merged = table === null && this.scope.isMerged(name.name);
    if (found.length > 1 && !merged)
      this.ambiguous(
        name,
        found.map((each) => each.source.alias),
      );
    const prefix = merged || source.alias === '' ? '' : `${quoteName(source.alias)}.`;
    return { sql: `${prefix}${quoteName(column.name)}`, type: column.type };
  }

  private ambiguous({ name, span }: Identifier, aliases: readonly string[]): never {
    const qualified = aliases.map((alias) => `${alias}.${name}`).join(' or ');
    const place = this.context.placeOf({ name, span: span ?? null });
    return reject('unknown_column', `The column ${name} is in more than one table.`, {
      place,
      hint: `Write ${qualified}.`,
    });
  }

  /** `a.b` where `a` is a column that holds rows. */
  private fieldOfColumn(name: Identifier, table: Identifier | null): Written | undefined {
    if (table === null || this.scope.source(table.name)) return undefined;
    const row = this.resolve(table, null);
    return row && this.field(row, name);
  }

  private unknownColumn(name: Identifier, table: Identifier | null): never {
    const place = this.context.placeOf(table ?? name);
    if (table && !this.scope.source(table.name)) {
      const hint = suggest(table.name, this.scope.sourceNames(), 'tables in FROM');
      return reject('unknown_column', `There is no table ${table.name} in FROM.`, { place, hint });
    }
    const where = table ? ` in ${table.name}` : '';
    const hint = suggest(name.name, this.scope.columnNames(table?.name), 'columns');
    return reject('unknown_column', `There is no column ${name.name}${where}.`, {
      place: this.context.placeOf(name),
      hint,
    });
  }

  private dot({ this: inner, field }: { this: Expression; field: Identifier }): Written {
    const column = as<Column>(inner, 'column');
    if (column?.table && !this.scope.source(column.table.name) && this.scope.source(column.name.name)) {
      return this.column({ name: field, table: column.name });
    }
    return this.field(this.write(inner), field);
  }

  private field(row: Written, { name }: Identifier): Written {
    const fields = rowFields(row.type);
    const field = fields?.find((each) => each.name.replaceAll('"', '').toLowerCase() === name.toLowerCase());
    return { sql: `struct_extract(${row.sql}, ${quoteText(name)})`, type: field?.type };
  }

  private subscript({ this: inner, index }: { this: Expression; index: Expression }): Written {
    const base = this.write(inner);
    const fields = rowFields(base.type);
    if (!fields)
      return {
        sql: `${base.sql}[${this.write(index).sql}]`,
        type: isMap(base.type) ? valueType(base.type) : elementType(base.type),
      };
    const position = Number(as<Literal>(index, 'literal')?.value);
    if (!(position >= 1 && position <= fields.length))
      this.context.refuse('A row is subscripted with the number of one of its fields.');
    return { sql: `struct_extract_at(${base.sql}, ${position})`, type: fields[position - 1]?.type };
  }

  private array({ expressions = [] }: CallParts): Written {
    const items = expressions.map((expression) => this.write(expression));
    const type = commonType(items.map((item) => item.type));
    return { sql: `[${items.map((item) => item.sql).join(', ')}]`, type: `array(${type ?? '?'})` };
  }

  private negative({ this: inner }: CallParts): Written {
    const { sql, type } = this.write(inner ?? {});
    return { sql: `(-${sql.startsWith('-') ? ' ' : ''}${sql})`, type };
  }

  /** Chains are written flat, so that a long list of conditions does not nest. */
  private logic(kind: 'and' | 'or', { left, right }: CallParts): Written {
    const terms: string[] = [this.write(right ?? {}).sql];
    let rest = left ?? {};
    for (let next = as<CallParts>(rest, kind); next; next = as<CallParts>(rest, kind)) {
      terms.push(this.write(next.right ?? {}).sql);
      rest = next.left ?? {};
    }
    terms.push(this.write(rest).sql);
    return { sql: `(${terms.reverse().join(` ${kind.toUpperCase()} `)})`, type: 'boolean' };
  }

  private concatenation({ left, right }: CallParts): Written {
    const [a, b] = [this.write(left ?? {}), this.write(right ?? {})];
    return { sql: `(${orNullText(a)} || ${orNullText(b)})`, type: commonType([a.type, b.type]) ?? a.type };
  }

  private comparison(kind: string, { left, right }: CallParts): Written {
    const [a, b] = [this.write(left ?? {}), this.write(right ?? {})];
    this.warnOfTextDates(a, b);
    this.warnOfTextDates(b, a);
    return { sql: `(${a.sql} ${COMPARISONS[kind]} ${b.sql})`, type: 'boolean' };
  }

  private warnOfTextDates(moment: Written, text: Written): void {
    const word = moment.type === 'date' ? 'DATE' : isTimestamp(moment.type) ? 'TIMESTAMP' : undefined;
    if (word && isText(text.type)) {
      this.context.warnings.add(`Athena does not compare a ${word.toLowerCase()} with text: write ${word} '…'.`);
    }
  }

  private isNull({ this: inner, not }: { this: Expression; not: boolean }): Written {
    return { sql: `(${this.write(inner).sql} IS ${not ? 'NOT ' : ''}NULL)`, type: 'boolean' };
  }

  private isTruth(kind: string, { this: inner, not }: { this: Expression; not: boolean }): Written {
    return {
      sql: `(${this.write(inner).sql} IS ${not ? 'NOT ' : ''}${kind === 'is_true' ? 'TRUE' : 'FALSE'})`,
      type: 'boolean',
    };
  }

  private like(parts: {
    left: Expression;
    right: Expression;
    escape: Expression | null;
    quantifier: string | null;
  }): Written {
    if (parts.quantifier !== null) this.context.refuse('LIKE takes one pattern at a time.');
    const escape = parts.escape ? ` ESCAPE ${this.write(parts.escape).sql}` : '';
    return { sql: `(${this.write(parts.left).sql} LIKE ${this.write(parts.right).sql}${escape})`, type: 'boolean' };
  }

  private between(parts: {
    this: Expression;
    low: Expression;
    high: Expression;
    not: boolean;
    symmetric: boolean | null;
  }): Written {
    if (parts.symmetric) this.context.refuse('BETWEEN SYMMETRIC is not available.');
    const [value, low, high] = [this.write(parts.this), this.write(parts.low), this.write(parts.high)];
    this.warnOfTextDates(value, low);
    return { sql: `(${value.sql} ${parts.not ? 'NOT ' : ''}BETWEEN ${low.sql} AND ${high.sql})`, type: 'boolean' };
  }

  private isIn(parts: {
    this: Expression;
    expressions: readonly Expression[];
    query: Expression | null;
    not: boolean;
  }): Written {
    const value = this.write(parts.this).sql;
    const values = parts.query ? this.subquery(parts.query).sql : `(${this.list(parts.expressions)})`;
    return { sql: `(${value} ${parts.not ? 'NOT ' : ''}IN ${values})`, type: 'boolean' };
  }

  private exists({ this: query, not }: { this: Expression; not: boolean }): Written {
    return { sql: `(${not ? 'NOT ' : ''}EXISTS ${this.subquery(query).sql})`, type: 'boolean' };
  }

  private quantified(
    kind: string,
    { this: inner, subquery, op }: { this: Expression; subquery: Expression; op: string | null },
  ): Written {
    const comparison = QUANTIFIED[op ?? ''] ?? this.context.refuse('ANY and ALL follow a comparison.');
    return {
      sql: `(${this.write(inner).sql} ${comparison} ${kind.toUpperCase()} ${this.subquery(subquery).sql})`,
      type: 'boolean',
    };
  }

  private cases(parts: {
    operand: Expression | null;
    whens: readonly [Expression, Expression][];
    else_: Expression | null;
  }): Written {
    const results: Written[] = [];
    const result = (expression: Expression): string => {
      const written = this.write(expression);
      results.push(written);
      return written.sql;
    };
    const operand = parts.operand ? ` ${this.write(parts.operand).sql}` : '';
    const whens = parts.whens.map(([when, then]) => ` WHEN ${this.write(when).sql} THEN ${result(then)}`).join('');
    const otherwise = parts.else_ ? ` ELSE ${result(parts.else_)}` : '';
    return { sql: `(CASE${operand}${whens}${otherwise} END)`, type: commonType(results.map(({ type }) => type)) };
  }

  private atTimeZone({ this: inner, zone }: { this: Expression; zone: Expression }): Written {
    return atTimeZone(this.write(inner), this.write(zone).sql);
  }

  private subquery(query: Expression): Written {
    this.context.crossesRows = true;
    const written = this.writeSubquery(query, this.scope, this.commonTables);
    return { sql: `(${written.sql})`, type: written.type };
  }
}

/** NULL alone has no type for the engine to join with. */
const orNullText = ({ sql, type }: Written): string => (type === 'unknown' ? 'CAST(NULL AS VARCHAR)' : sql);
