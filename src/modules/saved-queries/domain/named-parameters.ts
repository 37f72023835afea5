/** A place in a text, both counted from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** A parameter as the text of a saved query mentions it. */
export interface Mention extends TextPlace {
  readonly name: string;
  /** Where `:name` begins. */
  readonly start: number;
}

export interface Mentions {
  readonly named: readonly Mention[];
  /** Places of `?`, which a saved query must not have: its parameters have names. */
  readonly positional: readonly TextPlace[];
}

/** Texts, quoted names, comments and `::` are passed over; what is left may be a parameter. */
const token = /'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|--[^\n\r]*|\/\*[\s\S]*?(?:\*\/|$)|::|:([A-Za-z_]\w*)|\?/g;

/** Finds the parameters `:name` of a statement, in the order of the text. */
export function findParameters(sql: string): Mentions {
  const named: Mention[] = [];
  const positional: TextPlace[] = [];
  for (const match of sql.matchAll(token)) {
    if (match[1] !== undefined) named.push({ name: match[1], start: match.index, ...placeOf(sql, match.index) });
    else if (match[0] === '?') positional.push(placeOf(sql, match.index));
  }
  return { named, positional };
}

export interface PositionalStatement {
  readonly sql: string;
  /** Name of the parameter of each placeholder, in their order. */
  readonly order: readonly string[];
}

/**
 * The same statement with placeholders instead of names. `placeholder` gives the text for a parameter: it sees the name
 * only, so that no value can get into the statement.
 */
export function toPositional(sql: string, placeholder: (name: string) => string): PositionalStatement {
  const { named } = findParameters(sql);
  let text = '';
  let end = 0;
  for (const { name, start } of named) {
    text += sql.slice(end, start) + placeholder(name);
    end = start + name.length + 1;
  }
  return { sql: text + sql.slice(end), order: named.map(({ name }) => name) };
}

/** A placeholder as long as the name, so that lines and columns of faults fit the author's text. */
export function paddedPlaceholder(name: string): string {
  return `?${' '.repeat(name.length)}`;
}

function placeOf(text: string, index: number): TextPlace {
  const before = text.slice(0, index).split(/\r\n|\r|\n/);
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
