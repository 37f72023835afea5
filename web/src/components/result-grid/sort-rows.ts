import { type CellKind, plainText } from './cells';
import { compareDecimals } from './compare-decimals';

export type SortDirection = 'ascending' | 'descending';

/**
 * The order of rows by one column: positions in the source. Numbers compare exactly, text by its characters as SQL does
 * it, NULL comes last in both directions as in Athena, and equal rows keep their order.
 */
export function sortRows(values: readonly unknown[], kind: CellKind, direction: SortDirection): Uint32Array {
  const isNumber = kind === 'number' || kind === 'exact';
  const ranks = isNumber ? numberRanks(values) : textRanks(values);
  return orderOf(ranks, direction);
}

/** For each value its place among the different values, from 0; -1 for NULL. */
interface Ranks {
  readonly of: Int32Array;
  readonly count: number;
}

/** Different texts are few more often than not, and sorting texts alone is what browsers do fastest. */
function textRanks(values: readonly unknown[]): Ranks {
  const texts = values.map((value) => (isNull(value) ? null : plainText(value)));
  const sorted = [...new Set(texts.filter((text) => text !== null))].sort();
  const ranks = new Map(sorted.map((text, rank) => [text, rank]));
  return { of: Int32Array.from(texts, (text) => (text === null ? -1 : ranks.get(text)!)), count: sorted.length };
}

/** Doubles decide nearly always, and never wrongly: rounding keeps the order. They are sorted natively, without a call for each pair. */
function numberRanks(values: readonly unknown[]): Ranks {
  const rounded = new Float64Array(values.length);
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    rounded[index] = isNull(value) ? Number.NaN : Number(value);
  }
  const distinct = distinctOf(rounded.slice().sort());
  const of = new Int32Array(values.length).fill(-1);
  const first = Array.from<unknown>({ length: distinct.length + 1 });
  for (let index = 0; index < of.length; index += 1) {
    const value = values[index];
    if (isNull(value)) continue;
    const rank = placeIn(distinct, rounded[index]!);
    first[rank] ??= value;
    if (first[rank] !== value) return exactRanks(values);
    of[index] = rank;
  }
  return { of, count: distinct.length + 1 };
}

/** Where numbers differ in digits that a double does not hold, those decide. */
function exactRanks(values: readonly unknown[]): Ranks {
  const rounded = Float64Array.from(values, (value) => (isNull(value) ? 0 : Number(value)));
  const compare = (a: number, b: number) => {
    const left = rounded[a]!;
    const right = rounded[b]!;
    if (left < right) return -1;
    if (left > right) return 1;
    if (values[a] === values[b]) return 0;
    if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
    return compareDecimals(String(values[a]), String(values[b]));
  };
  const present = Uint32Array.from(values.keys()).filter((index) => !isNull(values[index]));
  present.sort(compare);
  const of = new Int32Array(values.length).fill(-1);
  let rank = -1;
  present.forEach((index, place) => {
    if (place === 0 || compare(present[place - 1]!, index) !== 0) rank += 1;
    of[index] = rank;
  });
  return { of, count: rank + 1 };
}

/** In place: the different numbers of a sorted list, at whose end is what is no number. */
function distinctOf(sorted: Float64Array): Float64Array {
  let count = 0;
  for (const value of sorted) {
    if (Number.isNaN(value)) break;
    if (count === 0 || value !== sorted[count - 1]) sorted[count++] = value;
  }
  return sorted.subarray(0, count);
}

/** Of a value that is in the list; what is no number comes after all. */
function placeIn(sorted: Float64Array, value: number): number {
  if (Number.isNaN(value)) return sorted.length;
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Counts how many rows each place has, then puts each row where its place begins: one pass, equal rows in order. */
function orderOf({ of, count }: Ranks, direction: SortDirection): Uint32Array {
  const placeOf = (rank: number) => (rank < 0 ? count : direction === 'ascending' ? rank : count - 1 - rank);
  const starts = new Uint32Array(count + 2);
  for (const rank of of) starts[placeOf(rank) + 1]! += 1;
  for (let place = 1; place <= count; place += 1) starts[place]! += starts[place - 1]!;
  const order = new Uint32Array(of.length);
  of.forEach((rank, index) => {
    const place = placeOf(rank);
    order[starts[place]!] = index;
    starts[place]! += 1;
  });
  return order;
}

function isNull(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
