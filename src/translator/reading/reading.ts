import type { ClauseOf, Noun } from '../grammar/clause.js';
import type { Aggregate, Comparison, Filter, TimeUnit } from '../plan.js';
import type { ColumnInfo } from '../schema/columns.js';

export type Ask = 'count' | 'much' | 'which' | 'list' | 'who' | 'when' | 'where' | 'how' | 'exists';

/** A noun with what is to be computed of it. */
export interface Computed {
  readonly aggregate: Aggregate;
  readonly noun: Noun;
  readonly second?: ColumnInfo | undefined;
}

export type Grouping = { readonly noun: Noun } | { readonly unit: TimeUnit };

export interface PlacedFilter {
  readonly filter: Filter;
  readonly column: ColumnInfo;
  readonly start: number;
  /** `more than 5 goals`: the number comes before the column, as with what is counted. */
  readonly counts?: boolean | undefined;
}

interface Threshold {
  readonly computed: Computed;
  readonly operator: Comparison;
  readonly value: number;
}

export interface Ordering {
  /** Undefined while no words have said it. */
  target?: Computed | ColumnInfo | undefined;
  high: boolean;
  /** Whether the target came after `by`. */
  named?: boolean;
}

/** What the clauses of a question say together, in the grammar's terms. */
export interface Reading {
  ask?: Ask;
  readonly heads: Grouping[];
  /** Whether `who`, `where` or `what` has told the first of the heads. */
  interrogative?: boolean;
  /** Whether an idiom has told what is computed. */
  idiomatic?: boolean;
  /** Nouns whose part in the question no word has told. */
  readonly bare: Noun[];
  readonly computed: Computed[];
  /** Numbers named beside what is computed: `number of orders and revenue`. */
  readonly besides: ColumnInfo[];
  readonly groups: Grouping[];
  readonly filters: PlacedFilter[];
  readonly times: ClauseOf<'time'>[];
  readonly having: Threshold[];
  extreme?: Ordering & { clause: ClauseOf<'extreme'> };
  sort?: Ordering;
  /** The most (or least) frequent. */
  mode?: { readonly high: boolean; readonly limit: number };
  /** `the most rabbits`, `the most wood`: the column that holds what there is most of. */
  mostOf?: { readonly column: ColumnInfo; readonly isMass: boolean };
  share?: { readonly fraction: boolean; readonly start: number; readonly isRate?: boolean };
  compare: boolean;
  difference: boolean;
  correlation: boolean;
  /** `When … last?`: the end of the times that is asked for, where no column is named. */
  endOfTime?: 'max' | 'min';
  distinct: boolean;
  /** `how often`: rows are counted, whatever stands beside it. */
  often?: boolean;
  /** `average number of orders`: of the groups that are still to come. */
  averagesCount?: boolean;
  /** `best selling`: by the pieces, where they are told. */
  trades?: boolean;
  /** An aggregate that names no column, as in `and the median?`. */
  loose?: Aggregate;
  limit?: number;
  /** Places of words that part a sentence: verbs and relative pronouns, and `among`. */
  readonly verbs: number[];
  readonly among: number[];
  /** How much is left unsaid or does not fit, 0 when all is well. */
  penalty: number;
  readonly notes: string[];
}
