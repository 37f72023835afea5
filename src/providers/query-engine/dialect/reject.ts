import { type SqlFault, SqlRejected } from '../query-engine.js';
import type { Place } from './sql-text.js';

/** Ends the check of a statement. */
export function reject(
  kind: SqlFault['kind'],
  message: string,
  more: { place?: Place | undefined; hint?: string | undefined } = {},
): never {
  throw new SqlRejected({
    kind,
    message,
    ...(more.place && { line: more.place.line, column: more.place.column }),
    ...(more.hint !== undefined && { hint: more.hint }),
  });
}
