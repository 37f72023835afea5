import pg from 'pg';
import { fromStoredText } from './stored-text.js';

const { builtins } = pg.types;

/** Repositories expect numbers: also of counts (`bigint`) and sums (`numeric`). One beyond 2^53 is an error, never rounded. */
function toNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) throw new RangeError(`${text} is beyond 2^53.`);
  return number;
}

/** SQLite says so of conditions, and nothing else in the schema is boolean. */
const toBit = (text: string): number => (text === 't' ? 1 : 0);

const parsers = new Map<number, (text: string) => unknown>([
  [builtins.INT8, toNumber],
  [builtins.NUMERIC, toNumber],
  [builtins.BOOL, toBit],
  [builtins.TEXT, fromStoredText],
]);

/** How values of columns become those that SQLite gives. */
export const columnValues = {
  getTypeParser: (type: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers.get(type)) ?? pg.types.getTypeParser(type, format),
};
