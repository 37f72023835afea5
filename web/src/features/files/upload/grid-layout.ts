type Cell = string | number | boolean | null;

/** About the width of a character, and what stands around the text of a cell. */
const characterPx = 7.4;
const aroundPx = 26;
const narrowestPx = 92;
const widestPx = 340;
const rowsMeasured = 60;

/** A width for each column by what is in it: enough for most cells, never the whole page. */
export function columnWidths(headers: readonly (readonly string[])[], rows: readonly (readonly Cell[])[]): number[] {
  return headers.map((texts, index) => {
    const lengths = rows.slice(0, rowsMeasured).map((row) => cellText(row[index] ?? null).length);
    const longest = Math.max(...texts.map((text) => text.length), ...lengths, 0);
    return Math.round(Math.min(Math.max(longest * characterPx + aroundPx, narrowestPx), widestPx));
  });
}

/** A value on one line: line breaks and tabs become signs that can be seen. */
export function cellText(value: Cell): string {
  if (value === null) return 'NULL';
  return String(value)
    .slice(0, 500)
    .replaceAll(/\r\n?|\n/g, '⏎')
    .replaceAll('\t', '⇥');
}

/** The row that holds a line of the file, by the lines in which rows begin; -1 when it comes before all of them. */
export function rowOfLine(lines: readonly number[], line: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines[middle]! <= line) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export function isNumeric(type: string): boolean {
  return type === 'bigint' || type === 'double' || type.startsWith('decimal');
}
