import { type CellKind, plainText } from './cells';
import { compareDecimals } from './compare-decimals';

export type SortDirection = 'ascending' | 'descending';

/**
 * The order of rows by one column: positions in the source. Numbers compare exactly, text by its characters as SQL does
 * it, NULL comes last in both directions as in Athena, and equal rows keep their order.
 */
export function sortRows(values: readonly unknown[], kind: CellKind, direction: SortDirection): Uint32Array {
  const present: number[] = [];
  const absent: number[] = [];
  values.forEach((value, index) => (value === null || value === undefined ? absent : present).push(index));
  const compare = comparison(values, kind);
  const sign = direction === 'ascending' ? 1 : -1;
  present.sort((a, b) => sign * compare(a, b));
  return Uint32Array.from([...present, ...absent]);
}

function comparison(values: readonly unknown[], kind: CellKind): (a: number, b: number) => number {
  if (kind === 'number' || kind === 'exact') return numberComparison(values);
  const texts = values.map(plainText);
  return (a, b) => {
    const left = texts[a]!;
    const right = texts[b]!;
    return left < right ? -1 : left > right ? 1 : 0;
  };
}

/** Doubles decide nearly always, and never wrongly: rounding keeps the order. Only where they are equal digits decide. */
function numberComparison(values: readonly unknown[]): (a: number, b: number) => number {
  const rounded = Float64Array.from(values, Number);
  return (a, b) => {
    const left = rounded[a]!;
    const right = rounded[b]!;
    if (left < right) return -1;
    if (left > right) return 1;
    const exactLeft = values[a];
    const exactRight = values[b];
    if (exactLeft === exactRight) return 0;
    if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
    return compareDecimals(String(exactLeft), String(exactRight));
  };
}
