import { type CellKind, kindOf, lineText, type ResultColumn, type ResultRow } from './cells';

export const narrowest = 56;
export const widestByItself = 360;
export const widest = 1200;
/** Of the grid's font and padding, in pixels. */
const characterWidth = 7.9;
const typeCharacterWidth = 6.7;
const padding = 26;
const sortMark = 18;

/** A width in which the heading and most values can be read. */
export function fittingWidth({ name, type }: ResultColumn, values: readonly unknown[], limit = widestByItself): number {
  const kind: CellKind = kindOf(type);
  const heading = Math.max(name.length * characterWidth + sortMark, type.length * typeCharacterWidth);
  const longest = values.reduce<number>((most, value) => Math.max(most, lineText(value, kind).length), 4);
  return within(Math.ceil(Math.max(heading, longest * characterWidth) + padding), limit);
}

/** Widths of all columns by the first rows. */
export function fittingWidths(columns: readonly ResultColumn[], rows: readonly ResultRow[]): number[] {
  return columns.map((column, index) =>
    fittingWidth(
      column,
      rows.map((row) => row[index]),
    ),
  );
}

export function within(width: number, limit = widest): number {
  return Math.min(Math.max(width, narrowest), limit);
}
