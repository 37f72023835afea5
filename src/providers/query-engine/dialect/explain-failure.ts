import type { SqlFault, TableSchema } from '../query-engine.js';
import { UNREADABLE } from './macros.js';
import { trinoNameOf } from './message-types.js';
import { suggest } from './nearest.js';
import { placeOfName, tokensOf } from './sql-text.js';

/** One thing that the engine says, and what it means to the author. */
interface Explanation {
  readonly pattern: RegExp;
  readonly explain: (match: RegExpExecArray, author: Author) => SqlFault;
}

interface Author {
  readonly sql: string;
  readonly schemas: readonly TableSchema[];
}

const data = (message: string, hint?: string): SqlFault => ({ kind: 'data', message, ...(hint && { hint }) });
const mismatch = (message: string, hint?: string): SqlFault => ({
  kind: 'type_mismatch',
  message,
  ...(hint && { hint }),
});

const TRY_CAST = 'TRY_CAST gives NULL for values that do not fit.';

const EXPLANATIONS: readonly Explanation[] = [
  {
    pattern: /out of memory|failed to allocate|could not allocate|failed to pin block|max_temp_directory_size/i,
    explain: () => ({
      kind: 'memory',
      message: 'The query needed more memory than one query may use.',
      hint: 'Read fewer rows or columns, or aggregate before joining.',
    }),
  },
  {
    pattern: /^INTERRUPT|\binterrupted!/i,
    explain: () => ({ kind: 'cancelled', message: 'The query was cancelled.' }),
  },
  {
    pattern: /Division by zero/,
    explain: () => data('Division by zero.', 'NULLIF(divisor, 0) or TRY(…) gives NULL instead.'),
  },
  {
    pattern: /Referenced column "(.+?)" (?:was )?not found|does not have a column named "(.+?)"/,
    explain: (match, author) => unknownColumn(match[1] ?? match[2] ?? '', author),
  },
  {
    pattern: /Referenced table "(.+?)" not found/,
    explain: (match, author) => ({
      kind: 'unknown_column',
      message: `There is no table ${shown(match[1])} in FROM.`,
      ...placeOf(match[1], author),
    }),
  },
  {
    pattern: /(?:Table|View) with name (\S+) does not exist/,
    explain: (match, author) => unknownTable(match[1] ?? '', author),
  },
  {
    pattern: /Ambiguous reference to column name "(.+?)"/,
    explain: (match, author) => ({
      kind: 'unknown_column',
      message: `The column ${shown(match[1])} is in more than one table.`,
      ...placeOf(match[1], author),
      hint: 'Write the name of the table and a point before it.',
    }),
  },
  {
    pattern: /column "(.+?)" must appear in the GROUP BY clause/,
    explain: (match, author) => ({
      ...mismatch(`The column ${shown(match[1])} is neither in GROUP BY nor inside an aggregate.`),
      ...placeOf(match[1], author),
      hint: 'Add it to GROUP BY, or take max, min or arbitrary of it.',
    }),
  },
  {
    pattern: /Could not convert string '([\s\S]*?)' to (\w+)|Could not convert string "([\s\S]*?)" to (\w+)/,
    explain: (match) => notConvertible(match[1] ?? match[3] ?? '', match[2] ?? match[4]),
  },
  {
    pattern: /(?:invalid|date|timestamp|time) \w* ?field (?:format|value out of range): "([\s\S]*?)"/i,
    explain: (match) => data(`${quoted(match[1])} is not a date or time as it is wanted here.`, TRY_CAST),
  },
  {
    pattern: /Could not parse string "([\s\S]*?)" according to format/,
    explain: (match) =>
      data(`${quoted(match[1])} does not follow the format.`, 'TRY(…) gives NULL for texts that do not.'),
  },
  {
    pattern:
      /Could not cast value (\S+) to (\w+(?:\(\d+,\s?\d+\))?)|with value (\S+) can't be cast[^]*destination type (\w+)/,
    explain: (match) => outOfRange(match[1] ?? match[3], match[2] ?? match[4]),
  },
  {
    pattern: /Overflow in (\w+)/i,
    explain: (match) =>
      data(`A number is too large in this ${operationName(match[1])}.`, 'Cast one side to decimal(38,0) or double.'),
  },
  {
    pattern: /out of range/i,
    explain: () => data('A number is outside the range that is possible here.', 'TRY(…) gives NULL instead.'),
  },
  { pattern: /Malformed JSON/, explain: () => data('A text is not JSON.', 'TRY(json_parse(…)) gives NULL instead.') },
  { pattern: /JSON path error/, explain: () => mismatch('A JSON path is not right. Paths look like $.a.b[0].') },
  { pattern: /Map keys must be unique/, explain: () => data('A map has the same key twice.') },
  {
    pattern: /More than one row returned by a subquery/,
    explain: () => data('A subquery that stands for one value gave more than one row.', 'Add LIMIT 1 or an aggregate.'),
  },
  {
    pattern: /No function matches the given name and argument types '([^\s(]+)\(([\s\S]*?)\)'/,
    explain: (match, author) => noFunction(match[1] ?? '', match[2] ?? '', author),
  },
  {
    pattern: /Cannot (?:compare|mix) values of type (.+?) (?:and|with)(?: values of)?(?: type)? (.+?)(?: |$|-|\.)/m,
    explain: (match) =>
      mismatch(
        `${typeName(match[1])} and ${typeName(match[2])} cannot be compared.`,
        'Cast one side to the type of the other.',
      ),
  },
  {
    pattern: /Unimplemented type for cast \((.+?) -> (.+?)\)/,
    explain: (match) => mismatch(`${typeName(match[1])} cannot be cast to ${typeName(match[2])}.`),
  },
  {
    pattern: /Cannot (?:create a list|combine|deduce)|Cannot unify/i,
    explain: () => mismatch('These values are of types that do not go together.', 'Cast them to one type.'),
  },
  {
    pattern: /WHERE clause cannot contain aggregates/,
    explain: () => mismatch('WHERE cannot hold aggregates.', 'Use HAVING.'),
  },
  {
    pattern: /WHERE clause cannot contain window/,
    explain: () => mismatch('WHERE cannot hold window functions.', 'Filter in a query around this one.'),
  },
  {
    pattern: /aggregate function calls cannot be nested/i,
    explain: () => mismatch('Aggregates cannot be nested.', 'Aggregate in a subquery first.'),
  },
  {
    pattern: /aggregates? (?:are )?not (?:allowed|supported)/i,
    explain: () => mismatch('An aggregate cannot stand here.'),
  },
  {
    pattern: /same number of result columns/,
    explain: () => mismatch('Both sides of a set operation must have as many columns.'),
  },
  {
    pattern: /GROUP BY term out of range|ORDER term out of range/i,
    explain: () => mismatch('GROUP BY or ORDER BY names a column by a number that is not in SELECT.'),
  },
  {
    pattern:
      /Expected (\d+) parameters|Values were not provided for the following prepared statement parameters|Parameter argument\/count mismatch/i,
    explain: () => ({ kind: 'parameters', message: 'As many parameters are wanted as there are ? in the statement.' }),
  },
  {
    pattern:
      /regular expression|missing \)|invalid (?:escape sequence|perl operator|character class)|no argument for repetition/i,
    explain: () =>
      data('A regular expression is not right.', 'Patterns follow RE2: no look-around and no back-references.'),
  },
  { pattern: /Unknown TimeZone '([\s\S]*?)'/, explain: (match) => data(`There is no time zone ${quoted(match[1])}.`) },
  {
    pattern: /^(?:Conversion|Invalid Input) Error/,
    explain: () => data('A value could not be converted.', 'TRY(…) gives NULL instead.'),
  },
  {
    pattern: /^Binder Error/,
    explain: () => mismatch('The statement does not fit together: types, names or the place of a clause.'),
  },
];

const UNKNOWN: SqlFault = {
  kind: 'engine',
  message: 'The statement could not be run.',
  hint: 'Try a smaller part of it to see which part is at fault.',
};

/**
 * Says in the author's terms why the engine could not run a statement.
 * @param engineMessage the engine's own text, which may name internals: none of it that was not understood is passed on
 * @param userSql the author's text, in which the fault is placed
 * @param schemas the tables the author may read, for suggestions
 */
export function explainFailure(engineMessage: string, userSql: string, schemas: readonly TableSchema[]): SqlFault {
  const author = { sql: userSql, schemas };
  for (const { pattern, explain } of EXPLANATIONS) {
    const match = pattern.exec(engineMessage);
    if (match) return explain(match, author);
  }
  return UNKNOWN;
}

function unknownColumn(name: string, author: Author): SqlFault {
  const used = new Set(tokensOf(author.sql).map(({ text }) => text.toLowerCase()));
  const columns = author.schemas
    .filter(({ table }) => used.has(table.toLowerCase()))
    .flatMap((schema) => schema.columns);
  const hint = suggest(
    name,
    columns.map((column) => column.name),
    'columns',
  );
  return {
    kind: 'unknown_column',
    message: `There is no column ${shown(name)}.`,
    ...placeOf(name, author),
    ...(hint && { hint }),
  };
}

function unknownTable(name: string, author: Author): SqlFault {
  const hint = suggest(
    name,
    author.schemas.map(({ table }) => table),
    'tables',
  );
  return {
    kind: 'unknown_table',
    message: `There is no table ${shown(name)}.`,
    ...placeOf(name, author),
    ...(hint && { hint }),
  };
}

function placeOf(name: string | undefined, { sql }: Author): { line?: number; column?: number } {
  return (name === undefined ? undefined : placeOfName(sql, name)) ?? {};
}

function notConvertible(value: string, type: string | undefined): SqlFault {
  return data(`${quoted(value.replace(UNREADABLE, ''))} cannot be read as ${typeName(type)}.`, TRY_CAST);
}

function outOfRange(value: string | undefined, type: string | undefined): SqlFault {
  return data(`${shown(value)} is too large for ${typeName(type)}.`, 'Cast to a larger type, or use TRY_CAST.');
}

const OPERATORS: Readonly<Record<string, string>> = {
  '~~': 'LIKE',
  '!~~': 'NOT LIKE',
  isodow: 'day_of_week',
  datesub: 'date_diff',
};

/** Names that only the engine's text has are not shown. */
function noFunction(engineName: string, types: string, author: Author): SqlFault {
  const name = OPERATORS[engineName] ?? engineName.replace(/^trino_/, '');
  const wanted = types
    .split(/,\s*(?![^(]*\))/)
    .filter((type) => type !== '')
    .map(typeName)
    .join(' and ');
  const written = /^\W+$/.test(name) || placeOfName(author.sql, name) !== undefined;
  const subject = written ? name : 'A function';
  return {
    ...mismatch(
      `${subject} does not work on ${wanted === '' ? 'nothing' : wanted}.`,
      'Cast the values to the types it wants.',
    ),
    ...placeOf(name, author),
  };
}

function operationName(word: string | undefined): string {
  return /^(addition|subtraction|multiplication|division|sum|negation)$/i.test(word ?? '')
    ? (word ?? '').toLowerCase()
    : 'calculation';
}

const typeName = (engineName: string | undefined): string => trinoNameOf(engineName ?? '') ?? 'this type';
const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
const shown = (name: string | undefined): string => shorten(name ?? '');
const quoted = (text: string | undefined): string => `'${shorten(text ?? '')}'`;
