import { reject } from '../reject.js';
import { placeAt, type Token, tokensOf } from '../sql-text.js';

const WRITES = 'It changes data; only reading is allowed.';
const DEFINES = 'It changes what tables there are; only reading is allowed.';
const SESSION = 'It changes the session; every statement runs on its own.';
const LOOKS = 'Read the tables with SELECT; the catalog shows which tables and columns there are.';

/** Why statements that start with a word are refused. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ...['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'TRUNCATE', 'REPLACE', 'UPSERT', 'VACUUM', 'OPTIMIZE'].map(
    (word) => [word, WRITES] as const,
  ),
  ...['CREATE', 'DROP', 'ALTER', 'RENAME', 'COMMENT', 'MSCK', 'GRANT', 'REVOKE', 'DENY', 'ANALYZE', 'REFRESH'].map(
    (word) => [word, DEFINES] as const,
  ),
  ...['SET', 'RESET', 'USE', 'PREPARE', 'EXECUTE', 'DEALLOCATE', 'START', 'BEGIN', 'COMMIT', 'ROLLBACK'].map(
    (word) => [word, SESSION] as const,
  ),
  ...['SHOW', 'DESCRIBE', 'DESC', 'EXPLAIN', 'SUMMARIZE'].map((word) => [word, LOOKS] as const),
  ['UNLOAD', 'It writes files; download the result of a SELECT instead.'],
  ['COPY', 'It reads or writes files; only reading tables is allowed.'],
  ['EXPORT', 'It writes files; only reading tables is allowed.'],
  ['IMPORT', 'It reads files; only reading tables is allowed.'],
  ['ATTACH', 'It opens another database; only the tables here can be read.'],
  ['DETACH', 'It closes a database; only reading is allowed.'],
  ['INSTALL', 'It installs an extension; only reading is allowed.'],
  ['LOAD', 'It loads an extension; only reading is allowed.'],
  ['PRAGMA', 'It changes settings; only reading is allowed.'],
  ['CHECKPOINT', 'It writes files; only reading is allowed.'],
  ['CALL', 'Procedures cannot be called.'],
  ['USING', 'External functions cannot be used.'],
  ['TABLE', 'Write SELECT * FROM and the name of the table.'],
  ['FROM', 'Athena wants SELECT before FROM.'],
  ['PIVOT', 'Athena has no PIVOT; write an aggregate with FILTER for each column.'],
  ['UNPIVOT', 'Athena has no UNPIVOT; write CROSS JOIN UNNEST.'],
]);

const READS = new Set(['SELECT', 'WITH', 'VALUES']);

/** Refuses whatever is not one statement that reads, by its words alone and before it is parsed. */
export function expectOneQuery(sql: string): void {
  const tokens = tokensOf(sql);
  const first = tokens.find(({ text, kind }) => !(kind === 'symbol' && text === '('));
  if (!first || first.text === ';') reject('syntax', 'There is no statement.', { hint: 'Write a SELECT.' });
  refuseSecondStatement(sql, tokens);
  const word = first.kind === 'word' ? first.text.toUpperCase() : '';
  const reason = REASONS.get(word);
  if (reason !== undefined)
    reject('not_read_only', `${word} is not allowed. ${reason}`, { place: placeAt(sql, first.start) });
  if (READS.has(word)) return;
  reject('syntax', `A statement starts with SELECT, WITH or VALUES, not with ${shown(first)}.`, {
    place: placeAt(sql, first.start),
  });
}

function refuseSecondStatement(sql: string, tokens: readonly Token[]): void {
  const end = tokens.findIndex(({ kind, text }) => kind === 'symbol' && text === ';');
  const next = end === -1 ? undefined : tokens.slice(end).find(({ text }) => text !== ';');
  if (next)
    reject('not_allowed', 'Only one statement runs at a time.', {
      place: placeAt(sql, next.start),
      hint: 'Remove what follows the semicolon.',
    });
}

const shown = ({ text }: Token): string => (text.length > 20 ? `${text.slice(0, 20)}…` : text);
