/**
 * The parts of the parser's tree that are read here. Every expression is an object with one key, its kind; the parser's
 * own type names are not exported, and reading only what is listed means that nothing else gets through.
 */
export type Expression = Readonly<Record<string, unknown>>;

export interface Identifier {
  readonly name: string;
  readonly quoted?: boolean;
  readonly span?: { readonly start: number; readonly end: number } | null;
}

/** Parts that operators and function calls have; which of them are there depends on the kind. */
export interface CallParts {
  readonly name?: string | null;
  readonly this?: Expression | null;
  readonly expression?: Expression | null;
  readonly expressions?: readonly Expression[];
  readonly args?: readonly Expression[];
  readonly left?: Expression;
  readonly right?: Expression;
  readonly distinct?: boolean;
  readonly star?: boolean;
  readonly filter?: Expression | null;
  readonly order_by?: readonly Ordered[] | null;
  readonly ignore_nulls?: boolean | null;
  readonly no_parens?: boolean;
}

export interface Ordered {
  readonly this: Expression;
  readonly desc: boolean;
  readonly nulls_first: boolean | null;
}

export interface With {
  readonly ctes: readonly { alias: Identifier; this: Expression; columns: readonly Identifier[] }[];
  readonly recursive: boolean;
}

export interface Join {
  readonly this: Expression;
  readonly on: Expression | null;
  readonly using: readonly Identifier[];
  readonly kind: string;
}

export interface Fetch {
  readonly count: Expression | null;
  readonly percent: boolean;
  readonly with_ties: boolean;
}

interface Wrapped {
  readonly this: Expression;
}

export interface Window {
  readonly window_name: Identifier | null;
  readonly partition_by?: readonly Expression[];
  readonly order_by?: readonly Ordered[];
  readonly frame?: Frame | null;
}

export type FrameBound = string | Readonly<Record<string, Expression>>;

export interface Frame {
  readonly kind: string;
  readonly start: FrameBound;
  readonly end: FrameBound | null;
  readonly exclude: string | null;
}

export interface Select {
  readonly expressions: readonly Expression[];
  readonly from: { readonly expressions: readonly Expression[] } | null;
  readonly joins: readonly Join[];
  readonly where_clause: Wrapped | null;
  readonly group_by: { readonly expressions: readonly Expression[]; readonly all: boolean | null } | null;
  readonly having: Wrapped | null;
  readonly order_by: { readonly expressions: readonly Ordered[] } | null;
  readonly limit: Wrapped | null;
  readonly offset: Wrapped | null;
  readonly fetch: Fetch | null;
  readonly distinct: boolean;
  readonly with: With | null;
  readonly windows: readonly { name: Identifier; spec: Window }[] | null;
}

export interface SetOperation {
  readonly left: Expression;
  readonly right: Expression;
  readonly all: boolean;
  readonly with: With | null;
  readonly order_by: { readonly expressions: readonly Ordered[] } | null;
  readonly limit: Expression | null;
  readonly offset: Expression | null;
  readonly corresponding: boolean;
}

export interface Subquery {
  readonly this: Expression;
  readonly alias: Identifier | null;
  readonly column_aliases: readonly Identifier[];
  readonly order_by: { readonly expressions: readonly Ordered[] } | null;
  readonly limit: Wrapped | null;
  readonly offset: Wrapped | null;
  readonly lateral: boolean;
}

export interface Values {
  readonly expressions: readonly { readonly expressions: readonly Expression[] }[];
  readonly alias: Identifier | null;
  readonly column_aliases: readonly Identifier[];
}

export interface TableReference {
  readonly name: Identifier;
  readonly schema: Identifier | null;
  readonly catalog: Identifier | null;
  readonly alias: Identifier | null;
  readonly column_aliases: readonly Identifier[];
  readonly table_sample?: { readonly method: string; readonly size: Expression } | null;
}

export interface Alias {
  readonly this: Expression;
  readonly alias: Identifier;
  readonly column_aliases: readonly Identifier[];
}

export interface Column {
  readonly name: Identifier;
  readonly table: Identifier | null;
}

export interface Star {
  readonly table: Identifier | null;
}

export interface Unnest {
  readonly this: Expression;
  readonly expressions?: readonly Expression[];
  readonly with_ordinality: boolean;
}

export interface Lambda {
  readonly parameters: readonly Identifier[];
  readonly body: Expression;
}

export interface Literal {
  readonly literal_type: string;
  readonly value: string;
}

export interface DataType {
  readonly data_type: string;
  readonly length?: number | null;
  readonly precision?: number | null;
  readonly scale?: number | null;
  readonly timezone?: boolean;
  readonly name?: string;
  readonly element_type?: DataType;
  readonly key_type?: DataType;
  readonly value_type?: DataType;
  readonly fields?: readonly { readonly name: string; readonly data_type: DataType }[];
}

/** The one key of an expression and what is under it. */
export function open(expression: Expression): [kind: string, parts: unknown] {
  const [entry] = Object.entries(expression);
  return entry ?? ['', undefined];
}

/** What is under an expression's key when it is of that kind. */
export function as<Parts>(expression: Expression | null | undefined, kind: string): Parts | undefined {
  return (expression?.[kind] as Parts | null | undefined) ?? undefined;
}

/** The text of a string literal. */
export function textOf(expression: Expression | undefined): string | undefined {
  const literal = as<Literal>(expression, 'literal');
  return literal?.literal_type === 'string' ? literal.value : undefined;
}
