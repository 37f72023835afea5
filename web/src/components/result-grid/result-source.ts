import type { ApiProblem } from '@/lib/api/problem';
import type { ResultColumn, ResultRow } from './cells';

/** Where a grid gets its rows from, whether they are all here or come by pages. */
export interface ResultSource {
  readonly columns: readonly ResultColumn[];
  /** Rows of the whole result. */
  readonly rowCount: number;
  /** A row by its position, or undefined while it is not here. */
  row(index: number): ResultRow | undefined;
  /** Says which rows are looked at, so that they come; `end` is not included. */
  want(start: number, end: number): void;
  /** Resolves to rows that need not be here yet; `end` is not included. Rejects with an `ApiProblem`. */
  read(start: number, end: number): Promise<ResultRow[]>;
  /** Why rows that are looked at do not come. */
  readonly problem: ApiProblem | undefined;
  /** Tries again after a problem. */
  retry(): void;
  /** Counts the changes of what `row` and `problem` answer. */
  readonly version: number;
  subscribe(listener: () => void): () => void;
}

/** A result that is here as a whole. */
export function sourceOf(columns: readonly ResultColumn[], rows: readonly ResultRow[]): ResultSource {
  return {
    columns,
    rowCount: rows.length,
    row: (index) => rows[index],
    want: () => undefined,
    read: (start, end) => Promise.resolve(rows.slice(start, end)),
    problem: undefined,
    retry: () => undefined,
    version: 0,
    subscribe: () => () => undefined,
  };
}
