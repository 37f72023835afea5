/** A column of a result: its name and Trino's name of its type. */
export interface ResultColumn {
  readonly name: string;
  readonly type: string;
}

/** One row, in the order of the columns. 64-bit integers and decimals are texts, dates and times ISO 8601. */
export type ResultRow = readonly unknown[];

/** What a type means for showing and sorting. `exact` numbers come as text, since a double would round them. */
export type CellKind = 'number' | 'exact' | 'boolean' | 'temporal' | 'structure' | 'text';

export function kindOf(type: string): CellKind {
  if (/^(?:tinyint|smallint|integer|real|double)$/.test(type)) return 'number';
  if (/^(?:bigint|decimal\b)/.test(type)) return 'exact';
  if (type === 'boolean') return 'boolean';
  if (/^(?:date|time)/.test(type)) return 'temporal';
  if (/^(?:array|map|row|json)/.test(type)) return 'structure';
  return 'text';
}

export function isNumeric(type: string): boolean {
  const kind = kindOf(type);
  return kind === 'number' || kind === 'exact';
}

/** The value in full, as it is copied: nothing rounded, nothing left out. NULL is an empty text. */
export function plainText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

/** Longer texts are cut before they reach the page; the whole value opens on demand. */
const longestShown = 300;

/** The value on one line. */
export function lineText(value: unknown, kind: CellKind): string {
  const text = plainText(value);
  const short = text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
  if (kind === 'temporal') return short.replace('T', ' ');
  return kind === 'text' || kind === 'structure' ? short.replaceAll(/\r\n|\r|\n/g, '⏎').replaceAll('\t', '⇥') : short;
}

/** The value over as many lines as it has; structures are indented. */
export function fullText(value: unknown, kind: CellKind): string {
  if (kind === 'structure' && typeof value === 'object' && value !== null) return JSON.stringify(value, undefined, 2);
  return plainText(value);
}

/** Rows as spreadsheets paste them: tabs between cells, quotes around what contains a tab, a line end or a quote. */
export function tabSeparated(rows: readonly ResultRow[], header?: readonly string[]): string {
  const lines = header ? [header, ...rows] : rows;
  return lines.map((row) => row.map((value) => quoted(plainText(value))).join('\t')).join('\n');
}

function quoted(text: string): string {
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
