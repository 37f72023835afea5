/** From when until when; in days unless it says hours. */
export type Elapsed = readonly [from: string, to: string, unit?: 'hours'];

/** A column of one of the plan's tables. */
export interface PlanColumn {
  readonly table: string;
  readonly column: string;
  /** The stored columns that are multiplied, where no column holds it; `column` then only names the product. */
  readonly product?: readonly [string, string] | undefined;
  /** The stored column in another unit: litres of one in millilitres; `column` then only names the amount. */
  readonly scaled?: readonly [column: string, divisor: number] | undefined;
  /** The stored dates between which days, or times between which hours, are counted; `column` then only names their number. */
  readonly elapsed?: Elapsed | undefined;
}

export type Aggregate =
  | 'count'
  | 'count_distinct'
  | 'sum'
  | 'avg'
  | 'min'
  | 'max'
  | 'median'
  | 'stddev'
  | 'variance'
  | 'range'
  | 'correlation'
  | 'share'
  | 'difference'
  | 'ratio';

export interface Measure {
  readonly aggregate: Aggregate;
  /** Absent for a count of rows. */
  readonly column?: PlanColumn | undefined;
  /** The other column of a correlation. */
  readonly second?: PlanColumn | undefined;
  /** `ratio`: what the rows, or the sum of the column, are divided by. */
  readonly per?: { readonly aggregate: 'sum' | 'count_distinct'; readonly column: PlanColumn } | undefined;
  /** `share`: which rows are counted (or summed, with a column), of all that the plan's filters leave. */
  readonly of?: readonly Filter[] | undefined;
  /** `share`: from 0 to 1 instead of percent. `difference`: unused. */
  readonly fraction?: boolean | undefined;
  /** `difference`: the aggregate that is compared, and the two groups. */
  readonly between?: { readonly aggregate: Aggregate; readonly one: Filter; readonly other: Filter } | undefined;
}

export type TimeUnit = 'decade' | 'year' | 'quarter' | 'month' | 'week' | 'day' | 'hour' | 'weekday' | 'month_of_year';

export interface Dimension extends PlanColumn {
  /** The calendar unit that a date is cut to. */
  readonly unit?: TimeUnit | undefined;
  /** Groups by the column without showing it: a key beside its label. */
  readonly hidden?: boolean | undefined;
}

export type Comparison = '>' | '>=' | '<' | '<=' | '=' | '<>';

export type Filter =
  | {
      readonly kind: 'values';
      readonly column: PlanColumn;
      readonly values: readonly string[];
      readonly negated: boolean;
    }
  | {
      readonly kind: 'text';
      readonly column: PlanColumn;
      readonly match: 'contains' | 'starts' | 'ends';
      readonly text: string;
      readonly negated: boolean;
    }
  | { readonly kind: 'compare'; readonly column: PlanColumn; readonly operator: Comparison; readonly value: number }
  | {
      readonly kind: 'between';
      readonly column: PlanColumn;
      readonly from: number;
      readonly to: number;
      readonly negated: boolean;
    }
  | { readonly kind: 'null'; readonly column: PlanColumn; readonly negated: boolean }
  | {
      readonly kind: 'boolean';
      readonly column: PlanColumn;
      readonly value: boolean;
      /** The stored texts for true and false, where the column is not stored as a boolean. */
      readonly stored?: { readonly yes: string; readonly no: string } | undefined;
    }
  | {
      readonly kind: 'time';
      readonly column: PlanColumn;
      /** ISO dates; `to` is not included. */
      readonly from?: string | undefined;
      readonly to?: string | undefined;
      readonly label: string;
      readonly negated: boolean;
    }
  | {
      readonly kind: 'calendar';
      readonly column: PlanColumn;
      /** Months count from 1, weekdays from Monday = 1, hours from 0. */
      readonly part: 'month' | 'weekday' | 'hour';
      readonly values: readonly number[];
      readonly label: string;
      readonly negated: boolean;
    }
  | {
      readonly kind: 'columns';
      readonly column: PlanColumn;
      readonly operator: '>' | '<' | '<=';
      readonly other: PlanColumn;
    }
  | { readonly kind: 'average'; readonly column: PlanColumn; readonly operator: '>' | '<' }
  | {
      /** Rows that have, or do not have, rows of another table. */
      readonly kind: 'related';
      readonly column: PlanColumn;
      readonly other: PlanColumn;
      readonly negated: boolean;
    }
  | { readonly kind: 'any'; readonly filters: readonly Filter[] };

export interface Having {
  readonly measure: Measure;
  readonly operator: Comparison;
  readonly value: number;
}

export interface Order {
  readonly by: Measure | Dimension;
  readonly descending: boolean;
}

/** Many rows of `from` refer to one row of `to`. */
export interface Join {
  readonly from: PlanColumn;
  readonly to: PlanColumn;
}

/** What a question means, without the words of any engine. People correct this. */
export interface Plan {
  /** The table whose rows are counted or listed first, then those joined to it. */
  readonly tables: readonly string[];
  readonly joins: readonly Join[];
  readonly measures: readonly Measure[];
  readonly dimensions: readonly Dimension[];
  /** Columns of single rows, when nothing is aggregated; empty for all of them. */
  readonly columns: readonly PlanColumn[];
  readonly distinct: boolean;
  /** Asks only whether there are such rows. */
  readonly exists: boolean;
  readonly filters: readonly Filter[];
  readonly having: readonly Having[];
  readonly order: readonly Order[];
  readonly limit?: number | undefined;
  /** Some of the dimensions: the limit holds for each of their groups. */
  readonly within?: readonly Dimension[] | undefined;
  readonly offset?: number | undefined;
}
