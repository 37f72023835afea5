/** A part of a text, `to` not included. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/** Texts, quoted names and comments are passed over; what is left and is a semicolon ends a statement. */
const token = /'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|--[^\n\r]*|\/\*[\s\S]*?(?:\*\/|$)|;/g;

/** The statements of a text without the blanks and semicolons around them. */
export function statementsOf(text: string): TextRange[] {
  const ends = [...text.matchAll(token)].filter(([found]) => found === ';').map(({ index }) => index);
  let start = 0;
  return [...ends, text.length].flatMap((end) => {
    const range = trimmed(text, start, end);
    start = end + 1;
    return range ? [range] : [];
  });
}

/** The statement that the cursor is in, or just behind; undefined in an empty text. */
export function statementAt(text: string, position: number): TextRange | undefined {
  const statements = statementsOf(text);
  return statements.find(({ to }) => position <= to + 1) ?? statements.at(-1);
}

/** What is selected, without a semicolon at an end; with nothing selected, the statement at the cursor. */
export function rangeToRun(text: string, { from, to }: TextRange): TextRange | undefined {
  const [first, ...more] = statementsOf(text.slice(from, to));
  if (!first) return statementAt(text, from);
  return { from: from + first.from, to: from + (more.at(-1) ?? first).to };
}

function trimmed(text: string, start: number, end: number): TextRange | undefined {
  const part = text.slice(start, end);
  const from = start + (part.length - part.trimStart().length);
  const to = start + part.trimEnd().length;
  return from < to ? { from, to } : undefined;
}

/** Where a line and column of a part, both counted from 1, are in the whole text. */
export function positionIn(text: string, from: number, line: number, column: number): number {
  let start = from;
  for (let passed = 1; passed < line; passed += 1) {
    const next = text.indexOf('\n', start);
    if (next < 0) return text.length;
    start = next + 1;
  }
  return Math.min(start + column - 1, text.length);
}
