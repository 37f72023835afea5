import { isVerb } from '../lexicon/verbs.js';
import { weightOf } from '../lexicon/small-words.js';
import { areSynonyms } from '../lexicon/thesaurus.js';
import { type ColumnInfo, columnLabel, type SchemaWord } from '../schema/columns.js';
import type { Schema, TableInfo } from '../schema/schema.js';
import type { Token } from '../text/tokens.js';
import { stem } from '../text/stem.js';
import { takingsLinks } from './takings-links.js';
import { unitLinks } from './unit-links.js';
import { sharedWordLinks, valueLinks } from './value-links.js';
import { EVERYDAY, wordMatch } from './word-match.js';

interface Span {
  /** Places of tokens; `end` is not included. */
  readonly start: number;
  readonly end: number;
  /** 0 to 1: how surely the words mean this. */
  readonly quality: number;
}

export interface ColumnLink extends Span {
  readonly kind: 'column';
  readonly column: ColumnInfo;
  /** Whether the words name what the column is about, not only what it belongs to. */
  readonly namesHead: boolean;
  /** What was taken for granted. */
  readonly note?: string | undefined;
}

export interface EntityLink extends Span {
  readonly kind: 'entity';
  readonly table: TableInfo;
}

export interface ValueLink extends Span {
  readonly kind: 'value';
  readonly column: ColumnInfo;
  readonly values: readonly string[];
  /** Set when many values contain the words: the text that they contain. */
  readonly contains?: string | undefined;
}

export interface Links {
  readonly columns: readonly ColumnLink[];
  readonly entities: readonly EntityLink[];
  readonly values: readonly ValueLink[];
}

const SURE = 0.75;

/** Everything in the schema that words of the question may name. */
export function linkAll(tokens: readonly Token[], schema: Schema): Links {
  const matches = new WordMatches(tokens, schema);
  const columns = schema.tables.flatMap((table) =>
    table.columns.flatMap((column) => [...columnLinks(tokens, column, matches), ...unitLinks(tokens, column)]),
  );
  for (const table of schema.tables) {
    const { subject, entity } = table;
    columns.push(...takingsLinks(tokens, table));
    if (subject) columns.push(...subjectLinks(tokens, subject, entity, matches));
  }
  for (const { column, start } of sharedWordLinks(tokens, schema))
    columns.push({ kind: 'column', column, start, end: start + 1, quality: 0.85, namesHead: true });
  const entities = schema.tables.flatMap((table) => [
    ...entityLinks(tokens, table, matches),
    ...keyLinks(tokens, table, matches),
    ...eventLinks(tokens, table, schema, matches),
  ]);
  const sure = new Set<number>();
  for (const { start, end, quality } of [...columns, ...entities]) {
    if (quality >= SURE) for (let place = start; place < end; place += 1) sure.add(place);
  }
  return { columns, entities, values: valueLinks(tokens, schema, sure) };
}

/** How surely each word of the question means a word of the schema. */
class WordMatches {
  private readonly known = new Map<string, number[]>();
  private readonly none: readonly number[];
  private readonly words: ReadonlySet<string>;
  /** The stems of each word, and of each two words in one. */
  private readonly stems: ReadonlySet<string>;

  constructor(tokens: readonly Token[], { vocabulary }: Schema) {
    this.none = tokens.map(() => 0);
    this.words = new Set(tokens.map(({ lower }) => lower));
    const pairs = tokens.map((token, place) => stem(token.stem + (tokens[place + 1]?.stem ?? '')));
    this.stems = new Set([...tokens.map((token) => token.stem), ...pairs]);
    for (const [place, token] of tokens.entries()) {
      const found = [...vocabulary.index.near(token)].map((word) => ({ word, quality: wordMatch(token, word) }));
      // What WordNet knows counts where the tables have no word that is surer.
      const isSurer = found.some(({ quality }) => quality > EVERYDAY);
      for (const { word, quality } of found) if (!isSurer || quality > EVERYDAY) this.note(word, place, quality);
    }
  }

  of(word: SchemaWord): readonly number[] {
    return this.known.get(word.word) ?? this.none;
  }

  /** Whether any part of the question can name the column. */
  mayName({ words, initials, whole, only }: ColumnInfo): boolean {
    return (
      words.some(({ word }) => this.known.has(word)) ||
      (initials !== undefined && this.words.has(initials)) ||
      (whole !== undefined && this.stems.has(whole)) ||
      (only !== undefined && this.stems.has(only))
    );
  }

  private note({ word }: SchemaWord, place: number, quality: number): void {
    if (quality === 0) return;
    const found = this.known.get(word) ?? [...this.none];
    found[place] = quality;
    this.known.set(word, found);
  }
}

function columnLinks(tokens: readonly Token[], column: ColumnInfo, matches: WordMatches): readonly ColumnLink[] {
  if (!matches.mayName(column)) return describedLinks(tokens, column);
  const links: ColumnLink[] = [];
  for (let start = 0; start < tokens.length; start += 1) {
    const together = writtenTogether(tokens, start, column);
    if (together) links.push({ kind: 'column', column, start, end: start + together, quality: 0.95, namesHead: true });
    const longest = longestMatch(tokens, start, column.words, matches, column.name.includes('_per_'));
    if (
      !longest ||
      repeatsAggregate(tokens, start, longest, matches) ||
      isOnlyVerb(tokens, start, longest, column.words.length)
    )
      continue;
    links.push(columnLink(tokens, column, start, longest));
    const suffix = tokens[longest.end]?.lower ?? '';
    if (SUFFIXES.has(suffix) && !(isEvent(column) && /^rates?$/.test(suffix))) {
      links.push(columnLink(tokens, column, start, { ...longest, end: longest.end + 1 }));
    }
    if (longest.end > start + 1)
      links.push(columnLink(tokens, column, start, { end: start + 1, used: longest.used.slice(0, 1) }));
  }
  return links.length > 0 ? links : describedLinks(tokens, column);
}

interface Match {
  readonly end: number;
  readonly used: readonly { readonly word: SchemaWord; readonly quality: number }[];
}

const AGGREGATES = new Set(['max', 'min', 'avg', 'maximum', 'minimum', 'average', 'mean']);

/** Whether a column says that something happened: the `churn rate` of `churned_at` is no column. */
function isEvent({ role, profile }: ColumnInfo): boolean {
  return role === 'boolean' || (role === 'date' && profile.nullable);
}

/** `max temp_max`: the first word says what to compute, the name has its own. */
function repeatsAggregate(
  tokens: readonly Token[],
  start: number,
  { end, used: [first] }: Match,
  matches: WordMatches,
): boolean {
  if (!first || !AGGREGATES.has(tokens[start]!.lower)) return false;
  return matches.of(first.word).some((quality, place) => quality > 0 && place > start && place < end);
}

/** `who have left` says nothing of `vacation_days_left`. */
function isOnlyVerb(tokens: readonly Token[], start: number, { end, used }: Match, columnWords: number): boolean {
  const isWhole = used.length === 1 && used[0]!.word.word === 'left' && columnWords === 1;
  return !isWhole && end === start + 1 && isVerb(tokens[start]!.lower) && used.every(({ word }) => word.weight < 1);
}

/** Goes on while words follow that are still unused, with small words between them. */
function longestMatch(
  tokens: readonly Token[],
  start: number,
  words: readonly SchemaWord[],
  matches: WordMatches,
  passesPer = false,
): Match | undefined {
  const used: { word: SchemaWord; quality: number }[] = [];
  let end = start;
  for (let place = start; place < tokens.length; place += 1) {
    const best = words
      .filter((word) => !used.some((each) => each.word === word) && !isDenial(tokens[place]!, word, words, used.length))
      .map((word) => ({ word, quality: matches.of(word)[place]! }))
      .reduce((one, other) => (other.quality > one.quality ? other : one), { word: words[0]!, quality: 0 });
    if (best.quality > 0) {
      used.push(best);
      end = place + 1;
    } else if (place === end && used.some(({ word }) => matches.of(word)[place]! > 0)) end = place + 1;
    else if (
      used.length === 0 ||
      place > end ||
      !(CONNECTING.has(tokens[place]!.lower) || (passesPer && tokens[place]!.lower === 'per'))
    )
      break;
  }
  return used.length > 0 ? { end, used } : undefined;
}

/** `no manager` is no `manager_no`, though it may be a `no_show`. */
function isDenial({ lower }: Token, word: SchemaWord, [first]: readonly SchemaWord[], used: number): boolean {
  return lower === 'no' && used === 0 && word !== first;
}

/** What may follow the name of a column and adds nothing to it: `health score`. */
const SUFFIXES = new Set(
  'rate rates index score scores level levels value values amount amounts figure figures number numbers reading readings measurement'.split(
    ' ',
  ),
);

/** What the end of a name makes of the words before it: `ratings_count` is no rating. */
const QUANTIFIERS = new Set(['count', 'number', 'num', 'total', 'qty', 'rank']);

const CONNECTING = new Set(['of', 'the', 'in', 'a']);

function columnLink(tokens: readonly Token[], column: ColumnInfo, start: number, { end, used }: Match): ColumnLink {
  const all = column.words.reduce((sum, { weight }) => sum + weight, 0);
  const covered = used.reduce((sum, { word }) => sum + word.weight, 0);
  const quality = used.reduce((sum, each) => sum + each.quality * each.word.weight, 0) / covered;
  const namesHead = used.some(({ word }) => word === column.head);
  const isKeyWithoutId = column.role === 'id' && column === column.table.key && covered < all;
  const missing = Math.min(all - covered, 1);
  const share = (0.62 + 0.38 * (covered / (covered + missing))) * (isKeyWithoutId ? 0.85 : 1);
  const last = column.words.at(-1)!;
  const isCount = QUANTIFIERS.has(last.word) && column.words.length > 1 && !used.some(({ word }) => word === last);
  return {
    kind: 'column',
    column,
    start,
    end,
    quality:
      quality *
      share *
      (column.role === 'date' && quality < 0.8 ? 0.7 : 1) *
      (isCount ? 0.85 : 1) *
      (namesHead ? 1 : 0.8),
    namesHead,
    ...(quality === EVERYDAY ? { note: `I took "${tokens[start]!.text}" as ${columnLabel(column)}.` } : {}),
  };
}

/** `mpg` for `miles_per_gallon`, `sign ups` for `signup_date`, `boxoffice` for `box_office`: how many words it takes. */
function writtenTogether(
  tokens: readonly Token[],
  start: number,
  { initials, whole, only }: ColumnInfo,
): number | undefined {
  const [first, second] = [tokens[start]!, tokens[start + 1]];
  if (initials === first.lower && weightOf(first.lower) !== 'free') return 1;
  if (whole === first.stem) return 1;
  if (second?.kind !== 'word' || only?.[0] !== first.stem[0]) return undefined;
  return only === stem(first.stem + second.stem) ? 2 : undefined;
}

/** A column whose description uses a word that its name does not. */
function describedLinks(tokens: readonly Token[], column: ColumnInfo): readonly ColumnLink[] {
  if (column.descriptionStems.size === 0) return [];
  return tokens.flatMap((token, start) => {
    const isDescribed = weightOf(token.lower) === 'content' && column.descriptionStems.has(token.stem);
    return isDescribed
      ? [{ kind: 'column', column, start, end: start + 1, quality: 0.62, namesHead: true } as const]
      : [];
  });
}

/** A word of the id that tells rows apart names the rows: `passenger` in `passenger_id`. */
function keyLinks(tokens: readonly Token[], table: TableInfo, matches: WordMatches): readonly EntityLink[] {
  const [label] = table.labels;
  const isName = label && label.words.length > 1 && (label.profile.distinct ?? 0) >= table.rows * 0.9;
  const naming = isName ? label.words.filter(({ weight }) => weight === 1) : [];
  const ofKey =
    table.key?.role === 'id' ? table.key.words.filter(({ word }) => !/^(?:id|uuid|key|number|no)$/.test(word)) : [];
  return [...ofKey, ...naming].flatMap((word) =>
    matches
      .of(word)
      .flatMap((quality, start): EntityLink[] =>
        quality > 0 ? [{ kind: 'entity', table, start, end: start + 1, quality: quality * 0.97 }] : [],
      ),
  );
}

/** `deaths` where rows have a `death_date`, unless another table holds them. */
function eventLinks(
  tokens: readonly Token[],
  table: TableInfo,
  { tables }: Schema,
  matches: WordMatches,
): readonly EntityLink[] {
  const { event } = table;
  if (!event || tables.some(({ entity }) => entity.some(({ stem: other }) => other === event.stem))) return [];
  return matches
    .of(event)
    .flatMap((quality, start): EntityLink[] =>
      quality > 0.9 && !isVerb(tokens[start]!.lower)
        ? [{ kind: 'entity', table, start, end: start + 1, quality: quality * 0.97 }]
        : [],
    );
}

/** A table `countries` with a row for each country and year: its word means the column. */
function isRepeatedEntity({ words, role, unique, profile, table }: ColumnInfo, head: SchemaWord): boolean {
  const isNamed = role === 'text' && words.length === 1 && words[0]!.stem === head.stem;
  return isNamed && !unique && profile.distinct !== undefined && profile.distinct < table.rows * 0.5;
}

/** `stocks` of a table `stocks` with a row for each symbol and day means the symbols. */
function subjectLinks(
  tokens: readonly Token[],
  column: ColumnInfo,
  entity: readonly SchemaWord[],
  matches: WordMatches,
): readonly ColumnLink[] {
  const head = entity.at(-1);
  if (!head) return [];
  return matches
    .of(head)
    .flatMap((quality, start): ColumnLink[] =>
      quality > 0 ? [{ kind: 'column', column, start, end: start + 1, quality: quality * 0.95, namesHead: true }] : [],
    );
}

function entityLinks(tokens: readonly Token[], table: TableInfo, matches: WordMatches): readonly EntityLink[] {
  const head = table.entity.at(-1);
  if (!head || table.subject) return [];
  const isRepeated = table.columns.some((column) => isRepeatedEntity(column, head));
  const isMeasured = table.columns.some(({ role, words }) => role === 'number' && contains(words, head));
  const isDescribed = (word: SchemaWord) => table.columns.some(({ words }) => contains(words, word));
  const links: EntityLink[] = [];
  for (let start = 0; start < tokens.length; start += 1) {
    const match = longestMatch(tokens, start, table.entity, matches);
    if (!match || (isRepeated && match.used.length < Math.max(2, table.entity.length))) continue;
    const found = match.used.find(({ word }) => word === head);
    if (!found) {
      // Rows of `flight_delays` with a column `delay` are flights.
      if (isMeasured && !match.used.some(({ word }) => isDescribed(word)))
        links.push({ kind: 'entity', table, start, end: match.end, quality: 0.85 * match.used[0]!.quality });
      continue;
    }
    const covered = match.used.reduce((sum, { word }) => sum + word.weight, 0);
    const all = table.entity.reduce((sum, { weight }) => sum + weight, 0);
    links.push({
      kind: 'entity',
      table,
      start,
      end: match.end,
      quality: found.quality * (0.85 + 0.15 * (covered / all)),
    });
  }
  return links;
}

function contains(words: readonly SchemaWord[], { stem: wanted }: SchemaWord): boolean {
  return words.some((word) => word.stem === wanted);
}

/** What is big may be so in many ways: words that only resemble an amount do not tell in which. */
const VAGUE_CONCEPTS = new Set(['amount', 'amt', 'total', 'value'].map(stem));

/** Columns that an adjective's concepts speak of, the best first; several when they tie. */
export function columnsAbout(concepts: readonly string[], columns: readonly ColumnInfo[]): readonly ColumnInfo[] {
  for (const concept of concepts) {
    const named = columns.filter(({ words }) => words.some((word) => word.stem === concept));
    if (named.length > 0) return named;
  }
  for (const concept of concepts.filter((each) => !VAGUE_CONCEPTS.has(each))) {
    const alike = columns.filter(({ words }) =>
      words.some((word) => word.weight === 1 && areSynonyms(word.stem, concept)),
    );
    if (alike.length > 0) return alike;
  }
  return [];
}
