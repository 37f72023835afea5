import type { CatalogTable } from '../../../providers/catalog/catalog.js';
import { weightOf } from '../../../translator/lexicon/small-words.js';
import { stemKey } from '../../../translator/text/words.js';
import type { StoredValue, ValueLookup } from '../../../translator/translation.js';

/** Words of a question that a column holds as they are, or in another case, number or with other accents. */
export interface ValueLink {
  readonly written: string;
  readonly places: readonly StoredValue[];
}

/** A value that the question names, and that may be meant in one of several columns. */
export interface ValueTie {
  readonly written: string;
  /** Such as `city of orders`. */
  readonly options: readonly string[];
}

const longestValue = 5;
const mostLinks = 10;
const mostPlaces = 6;
const mostOptions = 4;
const around = /^[^\p{Letter}\p{Number}]+|[^\p{Letter}\p{Number}]+$/gu;
/** Written as names and codes are. */
const literal = /\p{Uppercase}|\p{Letter}\S*\p{Number}|\p{Number}\S*\p{Letter}/u;

/** The longest values that are named, from left to right. */
export function valueLinks(question: string, values: ValueLookup): readonly ValueLink[] {
  const words = question.split(/\s+/).filter((word) => word !== '');
  const links: ValueLink[] = [];
  for (let start = 0; start < words.length && links.length < mostLinks;) {
    const found = longestLink(words.slice(start, start + longestValue), values);
    if (found) links.push(found.link);
    start += found?.length ?? 1;
  }
  return links;
}

function longestLink(words: readonly string[], values: ValueLookup): { link: ValueLink; length: number } | undefined {
  for (let { length } = words; length > 0; length -= 1) {
    const written = words.slice(0, length).join(' ').replaceAll(around, '');
    if (written === '' || (length === 1 && weightOf(written.toLowerCase()) !== 'content')) continue;
    const places = values.whole(stemKey(written));
    if (places.length > 0) return { link: { written, places: places.slice(0, mostPlaces) }, length };
  }
  return undefined;
}

/**
 * The first name or code that is stored in several columns while the question names none of them, nor a table that
 * tells them apart.
 */
export function valueTie(
  question: string,
  links: readonly ValueLink[],
  tables: readonly CatalogTable[],
): ValueTie | undefined {
  const said = ` ${stemKey(question)} `;
  const isSaid = (name: string) => said.includes(` ${stemKey(name)} `);
  for (const { written, places } of links) {
    if (!literal.test(written) || !places.some(({ value }) => value === written)) continue;
    const readable = places.filter(({ table }) => tables.some((each) => each.table === table));
    const inNamedTables = orAll(readable, ({ table }) => isSaid(table));
    const inNamedColumns = orAll(inNamedTables, ({ column }) => isSaid(column));
    const options = [...new Set(inNamedColumns.map(({ table, column }) => `${column} of ${table}`))];
    if (options.length > 1) return { written, options: options.slice(0, mostOptions) };
  }
  return undefined;
}

function orAll<Item>(items: readonly Item[], fits: (item: Item) => boolean): readonly Item[] {
  const fitting = items.filter(fits);
  return fitting.length > 0 ? fitting : items;
}
