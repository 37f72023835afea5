import { placeAt, type Token, tokensOf } from '../dialect/sql-text.js';
import { SqlRejected } from '../query-engine.js';

/**
 * The text with blanks in place of comments, so that every line and column stays what it was. Where a comment ends is
 * the one thing about which two readers of SQL may differ unseen; without comments Athena reads what was judged here.
 */
export function withoutComments(sql: string): string {
  let text = '';
  let end = 0;
  for (const token of tokensOf(sql)) {
    text += blank(sql.slice(end, token.start)) + sql.slice(token.start, endOf(token));
    end = endOf(token);
  }
  return text + blank(sql.slice(end));
}

export function withoutSemicolon(sql: string): string {
  const end = tokensOf(sql).find((token) => isSymbol(token, ';'));
  return end ? sql.slice(0, end.start) : sql;
}

/**
 * The text with blanks in place of `default.` and `AwsDataCatalog.default.` before the names of tables: on Athena the
 * workspace's own database is where names without these are looked for. Throws `SqlRejected` where the word names
 * something else besides.
 */
export function withoutDefaultSchema(sql: string, tables: readonly string[]): string {
  const tokens = tokensOf(sql);
  const qualifiers = tokens.flatMap((token, index) => {
    const table = tokens[index + 2];
    const qualifies = isName(token, 'default') && isSymbol(tokens[index + 1], '.') && table && isTable(table, tables);
    if (!qualifies) return [];
    const isOfCatalog = isSymbol(tokens[index - 1], '.') && isName(tokens[index - 2], 'awsdatacatalog');
    return tokens.slice(isOfCatalog ? index - 2 : index, index + 2);
  });
  if (qualifiers.length === 0) return sql;
  const other = tokens.find((token) => isName(token, 'default') && !qualifiers.includes(token));
  if (other) refuseOtherDefault(sql, other);
  return qualifiers.reduce(
    (text, token) =>
      text.slice(0, token.start) + blank(text.slice(token.start, endOf(token))) + text.slice(endOf(token)),
    sql,
  );
}

/**
 * The service's role may read the databases of all workspaces, so none may be named at all: a second lock behind the
 * check, which knows no schema but `default`.
 */
export function refuseDatabases(sql: string, prefix: string): void {
  const start = sql.toLowerCase().indexOf(prefix.toLowerCase());
  if (start < 0) return;
  throw new SqlRejected({
    kind: 'not_allowed',
    message: `No statement may have the text ${prefix} in it: the service’s own names begin with it.`,
    ...placeAt(sql, start),
    hint: 'Where a column or a value is called so, publish it under another name, or build the text with concat.',
  });
}

function refuseOtherDefault(sql: string, token: Token): never {
  throw new SqlRejected({
    kind: 'not_allowed',
    message: 'The name default stands for the schema of a table and for something else in this statement.',
    ...placeAt(sql, token.start),
    hint: 'Write the names of tables without default before them.',
  });
}

/** As many blanks as there are characters. */
const blank = (text: string): string => text.replaceAll(/[^\n]/gu, ' ');

const isSymbol = (token: Token | undefined, text: string): boolean => token?.kind === 'symbol' && token.text === text;

const isName = (token: Token | undefined, name: string): boolean =>
  (token?.kind === 'word' || token?.kind === 'quoted') && token.text.toLowerCase() === name;

const isTable = (token: Token, tables: readonly string[]): boolean => tables.some((table) => isName(token, table));

/** Quoted names come without their quotes. */
function endOf({ kind, text, start }: Token): number {
  return start + (kind === 'quoted' ? text.replaceAll('"', '""').length + 2 : text.length);
}
