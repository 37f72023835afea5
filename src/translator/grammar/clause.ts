import type { Role } from '../lexicon/phrases.js';
import type { Aggregate, Comparison, Filter, PlanColumn, TimeUnit } from '../plan.js';
import type { ColumnInfo } from '../schema/columns.js';
import type { TableInfo } from '../schema/schema.js';

export type Noun =
  | { readonly type: 'column'; readonly column: ColumnInfo; readonly namesHead: boolean; readonly isVague?: boolean }
  | { readonly type: 'entity'; readonly table: TableInfo }
  /** Rows of whatever table is spoken of: `records`, `people`. */
  | { readonly type: 'rows' };

interface Placed {
  readonly start: number;
  readonly end: number;
  /** 0 to 1: how surely the words say this. */
  readonly quality: number;
  readonly note?: string | undefined;
}

/** A phrase of a question and what it says. A question is read as a row of them. */
export type Clause = Placed &
  (
    | { readonly kind: 'mark'; readonly role: Role }
    | { readonly kind: 'noun'; readonly noun: Noun }
    | { readonly kind: 'number'; readonly value: number }
    | {
        readonly kind: 'filter';
        readonly filter: Filter;
        readonly column: ColumnInfo;
        readonly compares?: boolean;
        readonly counts?: boolean;
        /** Whether a value is said in the singular: `wood` may be weighed, `rabbits` are counted. */
        readonly isMass?: boolean;
      }
    /** A time without the column that it limits; undefined when it cannot limit that column. */
    | { readonly kind: 'time'; readonly on: (column: ColumnInfo) => Filter | undefined; readonly compares?: boolean }
    /** An idiom that tells what is computed: `how long do people stay`. */
    | { readonly kind: 'measure'; readonly aggregate: Aggregate; readonly column: ColumnInfo }
    /** `who`, `where`, `what` with the column that tells it. */
    | { readonly kind: 'asked'; readonly ask: 'who' | 'where' | 'which'; readonly column: ColumnInfo }
    | { readonly kind: 'condition'; readonly operator: Comparison; readonly value: number; readonly upTo?: number }
    | {
        readonly kind: 'having';
        readonly aggregate: Aggregate;
        readonly column: ColumnInfo;
        readonly operator: Comparison;
        readonly value: number;
      }
    | {
        readonly kind: 'extreme';
        readonly high: boolean;
        readonly limit: number;
        readonly offset: number;
        /** `most`, `least`, `fewest`: an amount, rather than the end of a scale. */
        readonly amount: boolean;
        /** Whether the words gave the number of rows. */
        readonly counted: boolean;
        readonly column?: ColumnInfo | undefined;
        /** Whether the column is a guess: the best may be so in many ways. */
        readonly guessed?: boolean;
        /** An adjective such as `warmest` that speaks of no column here: it needs one that the question names. */
        readonly unplaced?: boolean;
        /** An adjective that says which columns it speaks of: others must stand right after it. */
        readonly adjective?: boolean;
        /** `the quickest` with no noun after it: on average, not in one row. */
        readonly predicate?: boolean;
        /** `best`, `worst`: the worst delay is the longest. */
        readonly judges?: boolean;
        /** `more`, `higher`: of two sides. */
        readonly comparative?: boolean;
      }
    /** Between the members of a list, or between parts of a sentence. */
    | { readonly kind: 'comma' }
    | { readonly kind: 'group'; readonly unit: TimeUnit }
    | { readonly kind: 'unit'; readonly unit: TimeUnit }
  );

export type ClauseOf<Kind extends Clause['kind']> = Extract<Clause, { readonly kind: Kind }>;

export function planColumn(column: ColumnInfo): PlanColumn {
  const { table, name, product, elapsed, scaled } = column;
  return {
    table: table.name,
    column: name,
    ...(product ? { product } : {}),
    ...(elapsed ? { elapsed } : {}),
    ...(scaled ? { scaled } : {}),
  };
}

export function booleanFilter(column: ColumnInfo, value: boolean): Filter {
  return { kind: 'boolean', column: planColumn(column), value, ...(column.truth ? { stored: column.truth } : {}) };
}
