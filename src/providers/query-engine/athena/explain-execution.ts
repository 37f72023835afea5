import type { QueryExecution } from '@aws-sdk/client-athena';
import type { SqlFault } from '../query-engine.js';

type Kind = SqlFault['kind'];

/** Athena's categories of failures; all others are neither's. */
const SYSTEM = 1;
const USER = 2;

/** Trino's names of faults, as far as they are the author's. */
const KINDS: readonly (readonly [RegExp, Kind])[] = [
  [/^SYNTAX_ERROR|^NOT_SUPPORTED/, 'syntax'],
  [/^(COLUMN_NOT_FOUND|AMBIGUOUS_NAME|MISSING_COLUMN)/, 'unknown_column'],
  [/^(TABLE|SCHEMA|CATALOG)_NOT_FOUND|^MISSING_TABLE/, 'unknown_table'],
  [/^(INVALID_CAST_ARGUMENT|DIVISION_BY_ZERO|NUMERIC_VALUE_OUT_OF_RANGE|INVALID_FUNCTION_ARGUMENT)/, 'data'],
  [/^(SUBQUERY_MULTIPLE_ROWS|INVALID_LITERAL|EXCEEDED_FUNCTION_MEMORY_LIMIT)/, 'data'],
  [
    /^(TYPE_MISMATCH|FUNCTION_NOT_FOUND|EXPRESSION_NOT_\w+|NESTED_\w+|INVALID_ARGUMENTS|MISSING_GROUP_BY)/,
    'type_mismatch',
  ],
  [/^(EXCEEDED_\w*MEMORY\w*|CLUSTER_OUT_OF_MEMORY)|Query exhausted resources/, 'memory'],
  [/^EXCEEDED_(TIME|CPU)_LIMIT|Query timeout/i, 'deadline'],
];

const HINTS: Partial<Record<Kind, string>> = {
  data: 'TRY_CAST and TRY(…) give NULL for values that do not fit.',
  memory: 'Read fewer rows or columns, or aggregate before joining.',
  deadline: 'Read fewer rows with a WHERE clause, or aggregate before joining.',
};

/** Why an execution that has ended without success did, in the words of its author. */
export function explainExecution(
  { Status: status, Statistics: statistics }: QueryExecution,
  bytesCutoff: number,
): SqlFault {
  const reason = status?.StateChangeReason ?? status?.AthenaError?.ErrorMessage ?? '';
  if (/bytes scanned limit/i.test(reason))
    return tooManyBytes(statistics?.DataScannedInBytes ?? bytesCutoff, bytesCutoff);
  if (status?.State === 'CANCELLED') return { kind: 'cancelled', message: 'The query was cancelled.' };
  const kind = KINDS.find(([pattern]) => pattern.test(reason))?.[1];
  if (kind === undefined) return unforeseen(reason, status?.AthenaError?.ErrorCategory);
  const [, line, column] = /line (\d+):(\d+)/.exec(reason) ?? [];
  return {
    kind,
    message: readable(reason),
    ...(line !== undefined && { line: Number(line), column: Number(column) }),
    ...(HINTS[kind] && { hint: HINTS[kind] }),
  };
}

/** Why Athena did not even take a statement. */
export function explainRefusal(reason: string): SqlFault {
  return unforeseen(reason, USER);
}

/** The fault lies in Athena, not in the statement: the same statement may succeed. */
export function isSystemFault({ Status: status }: QueryExecution): boolean {
  return status?.State === 'FAILED' && status.AthenaError?.ErrorCategory === SYSTEM;
}

function tooManyBytes(scanned: number, cutoff: number): SqlFault {
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;
  return {
    kind: 'too_many_bytes',
    message: `The query was ended after it had read ${megabytes(scanned)}; one query may read ${megabytes(cutoff)}. What it read is billed.`,
    hint: 'Read fewer columns, or ask the operator to raise ATHENA_BYTES_CUTOFF.',
  };
}

function unforeseen(reason: string, category: number | undefined): SqlFault {
  if (/access denied|not authorized|permission|verify\/create output bucket/i.test(reason)) {
    return {
      kind: 'engine',
      message: 'Athena may not read the table’s files, or not write the result.',
      hint: 'The operator has to look at the rights of the service, and of the bucket.',
    };
  }
  const said = category === USER ? ` ${readable(reason)}` : '';
  return {
    kind: 'engine',
    message: `Athena could not run the statement.${said}`,
    hint: category === SYSTEM ? 'Run it again in a moment.' : 'Write the statement in another way.',
  };
}

/** Without the fault's code, its place, where files lie, and what only support can read. */
function readable(reason: string): string {
  return reason
    .replace(/^[A-Z_]+: /, '')
    .replace(/^line \d+:\d+: /, '')
    .replaceAll(/s3:\/\/\S+/g, 'a file')
    .replace(/\s*(If a data manifest file was generated|This query ran against)[\s\S]*$/, '')
    .trim();
}
