/** A position in a text; lines and columns count from 1, columns in characters. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'symbol';
  /** As written, except that a quoted identifier comes without its quotes. */
  readonly text: string;
  /** Offset in UTF-16 units. */
  readonly start: number;
}

const TOKEN =
  /(?<space>\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>'(?:[^']|'')*(?:'|$))|(?<quoted>"(?:[^"]|"")*(?:"|$))|(?<word>[\p{L}_@$][\p{L}\p{N}_@$]*)|(?<number>\d[\d_.]*(?:e[+-]?\d+)?)|(?<symbol>[\s\S])/giu;

/** Words, literals and symbols of a text, comments left out. Never fails: what it does not know is a symbol. */
export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  for (const match of sql.matchAll(TOKEN)) {
    const token = tokenOf(match.groups ?? {}, match.index);
    if (token !== undefined) tokens.push(token);
  }
  return tokens;
}

function tokenOf(groups: Partial<Record<string, string>>, start: number): Token | undefined {
  const { string, quoted, word, number, symbol } = groups;
  if (word !== undefined) return { kind: 'word', text: word, start };
  if (string !== undefined) return { kind: 'string', text: string, start };
  if (number !== undefined) return { kind: 'number', text: number, start };
  if (symbol !== undefined) return { kind: 'symbol', text: symbol, start };
  if (quoted === undefined) return undefined;
  return { kind: 'quoted', text: quoted.slice(1, -1).replaceAll('""', '"'), start };
}

/** The place of an offset in UTF-16 units. */
export function placeAt(sql: string, offset: number): Place {
  const lines = sql.slice(0, offset).split('\n');
  return { line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1 };
}

/** The place of an offset in characters (code points), as parsers written in Rust count. */
export function placeOfCharacter(sql: string, offset: number): Place {
  const before = [...sql].slice(0, offset).join('');
  return placeAt(sql, before.length);
}

/** Where a name is first used, in whatever case and quotes. */
export function placeOfName(sql: string, name: string): Place | undefined {
  const wanted = name.toLowerCase();
  const token = tokensOf(sql).find(
    ({ kind, text }) => (kind === 'word' || kind === 'quoted') && text.toLowerCase() === wanted,
  );
  return token && placeAt(sql, token.start);
}

/** An identifier in quotes, safe in any statement. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A string literal. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
