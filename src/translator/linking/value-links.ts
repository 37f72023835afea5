import { adjectives } from '../lexicon/adjectives.js';
import { equivalentsOf } from '../lexicon/equivalents.js';
import { type Weight, weightOf } from '../lexicon/small-words.js';
import { groupsOf, isKnownWord } from '../lexicon/thesaurus.js';
import type { ColumnInfo } from '../schema/columns.js';
import type { Schema } from '../schema/schema.js';
import { readNumber } from '../text/numbers.js';
import { stem } from '../text/stem.js';
import type { Token } from '../text/tokens.js';
import { unitNamed } from '../text/units.js';
import { stemKey, wordsOf } from '../text/words.js';
import type { StoredValue } from '../translation.js';
import type { ValueLink } from './links.js';

const LONGEST_VALUE = 7;
const LONGEST_PARTIAL = 4;

/** The stored texts that words of the question may name. `sure`: places whose word names something of the schema already. */
export function valueLinks(tokens: readonly Token[], schema: Schema, sure: ReadonlySet<number>): readonly ValueLink[] {
  const columns = new Map(
    schema.tables.map((table) => [table.name, new Map(table.columns.map((column) => [column.name, column]))]),
  );
  const columnOf = ({ table, column }: StoredValue) => columns.get(table)?.get(column);
  const links: ValueLink[] = [];
  for (let start = 0; start < tokens.length; start += 1) {
    let partial = false;
    for (let end = Math.min(tokens.length, start + LONGEST_VALUE); end > start; end -= 1) {
      const phrase = tokens.slice(start, end);
      if (isSmall(phrase) && !phrase.some((token, index) => isCode(token, start + index))) continue;
      if (phrase.some(({ kind }, index) => kind === 'comma' && index === phrase.length - 1)) continue;
      const found = wholeValues(phrase, schema);
      for (const { value, quality } of found) {
        const column = columnOf(value);
        if (!column) continue;
        const names = [column.table.entity.at(-1)?.stem, column.table.event?.stem];
        const isEntity = end === start + 1 && names.includes(phrase[0]!.stem);
        links.push({
          kind: 'value',
          column,
          values: [value.value],
          start,
          end,
          quality: isEntity ? quality * 0.7 : quality,
        });
      }
      if (found.length > 0 || partial || end - start > LONGEST_PARTIAL) continue;
      if (end === start + 1 && sure.has(start) && phrase[0]!.kind !== 'quoted') continue;
      const abbreviated = end === start + 1 ? abbreviatedValues(phrase[0]!, schema, columnOf) : [];
      const parts = [...partialValues(phrase, schema, columnOf), ...abbreviated].map((link) => ({
        ...link,
        start,
        end,
      }));
      partial = parts.length > 0;
      links.push(...parts);
    }
  }
  return merged(links);
}

const FEWEST_SHARING = 2;

/** `studio` where rooms are called `Studio 1` and `Studio 2`: what the texts of a column have in common names it. */
export function sharedWordLinks(tokens: readonly Token[], { tables, values }: Schema): readonly SharedWord[] {
  const columns = new Map(
    tables.flatMap((table) => table.columns.map((column) => [`${table.name}.${column.name}`, column])),
  );
  return tokens.flatMap(({ stem: wordStem, kind, lower }, start): SharedWord[] => {
    if (kind !== 'word' || lower.length < 4 || weightOf(lower) !== 'content') return [];
    const held = new Map<ColumnInfo, number>();
    for (const { table, column } of values.containing([wordStem])) {
      const info = columns.get(`${table}.${column}`);
      if (info) held.set(info, (held.get(info) ?? 0) + 1);
    }
    return [...held]
      .filter(([column, count]) => count >= FEWEST_SHARING && count === column.profile.distinct)
      .map(([column]) => ({ column, start }));
  });
}

export interface SharedWord {
  readonly column: ColumnInfo;
  readonly start: number;
}

/** `IN`, `OR`, `ME`: small words in capitals that may be codes; `A` may be a grade. */
function isCode({ text, kind }: Token, place: number): boolean {
  const isLetter = text === 'A' && place > 0;
  return kind === 'word' && (isLetter || (text.length >= 2 && text.length <= 3 && text === text.toUpperCase()));
}

function isSmall(phrase: readonly Token[]): boolean {
  return phrase.every(({ lower, kind }) => kind === 'comma' || (kind !== 'quoted' && weightOf(lower) === 'free'));
}

const EQUIVALENT = 0.94;
/** `ny` may well be New York, but `id` is rather an id than Idaho. */
const UNSURE_CODE = 0.8;

function wholeValues(phrase: readonly Token[], { values }: Schema): readonly { value: StoredValue; quality: number }[] {
  const text = phrase.map(({ lower }) => lower).join(' ');
  const key = stemKey(text);
  if (key === '') return [];
  const small = phrase.length === 1 && phrase[0]!.kind !== 'quoted' ? weightOf(phrase[0]!.lower) : 'content';
  const found = values.whole(key).flatMap((value) => {
    const quality = likeness(phrase, text, value.value, small);
    return quality > 0 ? [{ value, quality }] : [];
  });
  const others =
    phrase.length > 4 || small === 'free' ? [] : equivalentsOf(text).flatMap((other) => values.whole(stemKey(other)));
  const isUnsure = text.length === 2 && phrase[0]!.text !== phrase[0]!.text.toUpperCase();
  return [
    ...found,
    ...others
      .filter(({ value }) => value.length !== 2 || value === value.toUpperCase())
      .map((value) => ({ value, quality: isUnsure ? UNSURE_CODE : EQUIVALENT })),
  ];
}

/** How surely a phrase means a value with the same stems. Codes and small words must be written as they are stored. */
function likeness(phrase: readonly Token[], text: string, value: string, small: Weight): number {
  const isWritten = wordsOf(value).join(' ') === text;
  if (small === 'free') return isWritten && value === phrase[0]!.text ? 1 : 0;
  const isAbbreviation = /^[A-Z]{2,4}$/.test(value) && phrase[0]!.text !== value;
  if (isAbbreviation) return isWritten && small === 'content' ? 0.8 : 0;
  if (small === 'light') return isWritten && value === phrase[0]!.text ? 1 : 0;
  if (isWritten) return 1;
  return wordsOf(value).join(' ') === text.replace(/s$/, '') ? 0.98 : 0.86;
}

function partialValues(
  phrase: readonly Token[],
  { values }: Schema,
  columnOf: (value: StoredValue) => ColumnInfo | undefined,
): readonly Omit<ValueLink, 'start' | 'end'>[] {
  const telling = phrase.filter(
    ({ lower, kind }) => kind !== 'comma' && weightOf(lower) === 'content' && lower.length >= 3 && !isMeasuring(lower),
  );
  const [first] = phrase;
  // An ordinary word in a title says nothing: `money` does not mean every film with money in its name.
  if (phrase.length === 1 && first && first.kind === 'word' && first.text === first.lower && isOrdinary(first))
    return [];
  const isWhole = telling.length > 0 && telling[0] === phrase[0] && telling.at(-1) === phrase.at(-1);
  if (!isWhole || (phrase.length === 1 && phrase[0]!.kind === 'number')) return [];
  const stems = stemKey(phrase.map(({ lower }) => lower).join(' ')).split(' ');
  const byColumn = new Map<ColumnInfo, string[]>();
  for (const found of values.containing(stems)) {
    const column = columnOf(found);
    if (column) byColumn.set(column, [...(byColumn.get(column) ?? []), found.value]);
  }
  return [...byColumn].map(([column, held]) =>
    held.length === 1
      ? { kind: 'value', column, values: held, quality: 0.8 }
      : { kind: 'value', column, values: held, contains: sharedText(held[0]!, stems), quality: 0.72 },
  );
}

const SHORTEST_ABBREVIATION = 4;
/** How much longer the word must be: the value is cut off rather than another word of the same family. */
const CUT_OFF = 4;
/** Columns of more texts than this hold names rather than classes. */
const MOST_CLASSES = 50;

/** `cardiology` where departments are called `Cardio`: the longest text that the word begins with. */
function abbreviatedValues(
  token: Token,
  { values }: Schema,
  columnOf: (value: StoredValue) => ColumnInfo | undefined,
): readonly Omit<ValueLink, 'start' | 'end'>[] {
  const { lower, kind } = token;
  if (kind !== 'word' || isOrdinary(token)) return [];
  for (let length = lower.length - CUT_OFF; length >= SHORTEST_ABBREVIATION; length -= 1) {
    const short = lower.slice(0, length);
    const found = values.whole(stemKey(short)).flatMap((stored): readonly Omit<ValueLink, 'start' | 'end'>[] => {
      const column = columnOf(stored);
      const isClass = column !== undefined && (column.profile.distinct ?? Infinity) <= MOST_CLASSES;
      if (!isClass || stored.value.toLowerCase() !== short) return [];
      return [{ kind: 'value', column, values: [stored.value], quality: 0.8 }];
    });
    if (found.length > 0) return found;
  }
  return [];
}

/** Whether the thesaurus knows the word, in whatever form, or it is an adjective. */
function isOrdinary({ lower, stem: wordStem }: Token): boolean {
  return isKnownWord(lower) || groupsOf(wordStem) !== undefined || adjectives(lower).length > 0;
}

/** `million`, `dollars`, `minutes` go with numbers. */
function isMeasuring(word: string): boolean {
  return unitNamed(word) !== undefined || readNumber(['1', word])?.length === 2;
}

/** The words as the value writes them: `ford` where the question has `fords`. */
function sharedText(value: string, stems: readonly string[]): string {
  const words = wordsOf(value);
  const start = words.findIndex((_, index) =>
    stems.every((each, offset) => stem(words[index + offset] ?? '') === each),
  );
  return start < 0 ? stems.join(' ') : words.slice(start, start + stems.length).join(' ');
}

/** Spellings of one value in one column count as one link. */
function merged(links: readonly ValueLink[]): readonly ValueLink[] {
  const byPlace = new Map<string, ValueLink>();
  for (const link of links) {
    const key = `${link.column.table.name}.${link.column.name} ${link.start} ${link.end}`;
    const same = byPlace.get(key);
    if (!same) byPlace.set(key, link);
    else if (same.quality <= link.quality) {
      const values = same.quality === link.quality ? [...new Set([...same.values, ...link.values])] : link.values;
      byPlace.set(key, { ...link, values });
    }
  }
  return [...byPlace.values()];
}
