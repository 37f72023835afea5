import { inertText, shortened } from './inert-text.js';
import { type Cell, isNumeric, isTemporal, isWhole } from './result-table.js';

/** How a missing value is shown. */
export const missing = '–';

const longestText = 200;
/** Smaller whole numbers are as easy to read without separators, and may be years. */
const groupedFrom = 10_000n;
/** Columns whose numbers are names: separators would only be in the way. */
const naming = /(?:^|_)(?:id|ids|key|code|zip|zipcode|postcode|phone|year|number|no|nr|isbn|ean|sku)$/i;

/**
 * A cell as an answer shows it: whole numbers and decimals exactly, floating point rounded for reading. `isGrouped`: with
 * separators also where a number alone would need none.
 */
export function formatCell(cell: Cell, type: string, column = '', isGrouped = false): string {
  if (cell === null) return missing;
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (typeof cell === 'object') return inertText(shortened(JSON.stringify(cell), longestText));
  if (isNumeric(type) && /^-?\d/.test(String(cell)))
    return formatNumber(cell, type, naming.test(column) ? undefined : isGrouped ? 0n : groupedFrom);
  if (isTemporal(type))
    return String(cell)
      .replace(/[T ]00:00:00(?:\.0+)?Z?$/, '')
      .replace('T', ' ');
  return inertText(shortened(String(cell), longestText));
}

/** Whether a column has numbers that are long enough to need separators: then all of them get some. */
export function needsGroups(cells: readonly Cell[], type: string): boolean {
  return isNumeric(type) && cells.some((cell) => Math.abs(Number(cell)) >= Number(groupedFrom));
}

/** `from`: the smallest whole part that gets separators; undefined for none. */
function formatNumber(cell: string | number, type: string, from: bigint | undefined): string {
  const isExact = isWhole(type) || type.startsWith('decimal');
  const text = isExact && !String(cell).includes('e') ? String(cell) : rounded(Number(cell));
  const [, sign = '', whole = text, rest = ''] = /^(-?)(\d+)(.*)$/.exec(text) ?? [];
  if (rest.includes('e')) return text;
  return sign + (from === undefined ? whole : grouped(whole, from)) + rest;
}

function grouped(whole: string, from: bigint): string {
  return BigInt(whole) < from ? whole : whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** Two decimals from a hundred on; below that six significant digits. */
function rounded(value: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e21) return String(value);
  if (size >= 1e15 || (size < 1e-6 && size > 0)) return value.toExponential(5);
  return String(Number(size >= 100 ? value.toFixed(2) : value.toPrecision(6)));
}
