import { RESERVED_WORDS } from './reserved-words.js';

export const MAX_NAME_LENGTH = 128;

const NAME = /^[a-z_][a-z0-9_]*$/;
/** Letters that Unicode does not take apart into a base letter and a mark, and signs that are worth a word. */
// prettier-ignore
const SPELLED_OUT = new Map([
  ['ß', 'ss'], ['ẞ', 'SS'], ['æ', 'ae'], ['Æ', 'AE'], ['œ', 'oe'], ['Œ', 'OE'], ['ø', 'o'], ['Ø', 'O'], ['ł', 'l'], ['Ł', 'L'],
  ['đ', 'd'], ['Đ', 'D'], ['ð', 'd'], ['Ð', 'D'], ['þ', 'th'], ['Þ', 'Th'], ['ı', 'i'], ['ħ', 'h'], ['Ħ', 'H'],
  ['%', ' percent '], ['#', ' number '], ['&', ' and '], ['€', ' eur '], ['£', ' gbp '],
]);

/** Whether a name works without quotes in every engine. */
export function isColumnName(name: string): boolean {
  return NAME.test(name) && name.length <= MAX_NAME_LENGTH && !RESERVED_WORDS.has(name);
}

/**
 * SQL names for the names in a file, in the same order: lower case, ASCII, words joined by `_`, unique. What has no
 * ASCII letter or digit after folding becomes `column_1`, `column_2` … by its place. Names that are safe stay as they are.
 */
export function columnNames(sourceNames: readonly string[]): string[] {
  const uses = new Map<string, number>();
  return sourceNames.map((source, index) => {
    const name = firstFree(safeName(source, index + 1), uses);
    uses.set(name, 1);
    return name;
  });
}

function safeName(source: string, place: number): string {
  const words = fold(source.slice(0, 1_000))
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/([A-Z0-9])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');
  const trimmed = trimUnderscores(words);
  if (!/[a-z0-9]/.test(trimmed)) return `column_${place}`;
  const name = shorten(/^[0-9]/.test(trimmed) ? `column_${trimmed}` : trimmed, MAX_NAME_LENGTH);
  return RESERVED_WORDS.has(name) ? `${name}_` : name;
}

/** Letters without their marks. A name in another script leaves nothing. */
function fold(text: string): string {
  const spelled = [...text].map((character) => SPELLED_OUT.get(character) ?? character).join('');
  return spelled.normalize('NFKD').replace(/\p{M}/gu, '');
}

/** The name itself or the name with the next number. `uses` holds how often each name was asked for. */
function firstFree(name: string, uses: Map<string, number>): string {
  let number = uses.get(name) ?? 0;
  let candidate = name;
  while (uses.has(candidate)) {
    const suffix = `_${++number}`;
    candidate = shorten(name, MAX_NAME_LENGTH - suffix.length) + suffix;
  }
  if (number > 0) uses.set(name, number);
  return candidate;
}

function shorten(name: string, length: number): string {
  return trimUnderscores(name.slice(0, length));
}

function trimUnderscores(name: string): string {
  return name.replace(/^_+|_+$/g, '');
}
