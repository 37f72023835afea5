import type { CatalogColumn } from '../../providers/catalog/catalog.js';
import type { Elapsed } from '../plan.js';
import { isKnownWord } from '../lexicon/thesaurus.js';
import { root, stem } from '../text/stem.js';
import { wordsOf } from '../text/words.js';
import type { TableInfo } from './schema.js';

export interface SchemaWord {
  readonly word: string;
  readonly stem: string;
  readonly root: string;
  /** How much of the name's meaning it carries: less for `name`, `date` and units. */
  readonly weight: number;
}

/** What a column is good for. A `year` is a whole number; `boolean` includes 0/1 and yes/no. */
export type ColumnRole = 'id' | 'boolean' | 'date' | 'year' | 'number' | 'text';

export interface ColumnInfo {
  readonly table: TableInfo;
  readonly name: string;
  readonly type: CatalogColumn['type'];
  readonly role: ColumnRole;
  readonly words: readonly SchemaWord[];
  /** The word that the name is about: `length` in `beak_length_mm`, `phase` in `phase_of_flight`. */
  readonly head: SchemaWord;
  /** First letters of all words of the name, where it has several. */
  readonly initials: string | undefined;
  /** The stem of the name in one word, where it has several. */
  readonly whole: string | undefined;
  /** The stem of the only word that tells anything. */
  readonly only: string | undefined;
  readonly descriptionStems: ReadonlySet<string>;
  /** As written in the name: `mm`, `kg`, `usd`. */
  readonly unit: string | undefined;
  /** Whether sums of it mean something. */
  readonly additive: boolean;
  /** Whether only averages of it mean something. */
  readonly intensive: boolean;
  /** Whether no two rows share a value. */
  readonly unique: boolean;
  readonly profile: CatalogColumn;
  /** The columns that are multiplied, where none is stored. */
  readonly product?: readonly [string, string] | undefined;
  /** The stored column, and by what it is divided to give this one in another unit. */
  readonly scaled?: readonly [column: string, divisor: number] | undefined;
  /** The dates between which days are counted, where no column tells their number. */
  readonly elapsed?: Elapsed | undefined;
  /** For a `boolean` that is not stored as one: the stored texts for true and false. */
  readonly truth?: { readonly yes: string; readonly no: string } | undefined;
}

const set = (words: string) => new Set(words.split(/\s+/));
const DURATIONS = /time|duration|length|delay|wait|runtime/;
const UNITS = set(
  'mm cm m km g kg mg lb lbs oz tonnes tons usd eur gbp chf cad aud nzd sek nok dkk pln inr jpy dollars euros percent pct mph kmh kph knots inches ft mi ml hl l h hr hrs hours mins minutes min secs seconds sec days celsius fahrenheit c f kw kwh mw mwh sqm sqft ha acres hectares gallons litres liters',
);
const GENERIC = set(
  'name id code type number num no key date dt time at value amount amt count cnt total status text description label year flag ref group level left remaining',
);
const EMPTY = set('is has was of in the a an to by for and per on at with are');
const ID_ENDS = set('id uuid guid key ids');
const NUMBER_ENDS = set('number no num nr phone zip zipcode postcode code latitude longitude lat lon lng');
const ADDITIVE = set(
  `amount amt sale sales revenue cost costs quantity qty total count unit units profit gross budget population pop deaths death killed
  injuries injured votes vote flights goals hours fee fees tip tips distance precipitation rain rainfall snow stock spend spending spent
  passengers visitors visits views clicks downloads orders subtotal tax discount expense expenses income earnings turnover payment paid
  cases tickets production consumption emissions generation output sold shipped attendance trips calls minutes donations children kids people persons adults loan volume value money charge charges bill bills billing fine fines donation refund refunds
  usage kwh mwh litres liters gallons tonnes mrr arr`,
);
const INTENSIVE = set(
  `rate ratio percent pct percentage avg average mean median score rating age temperature temp length width height depth speed
  index price per share min max latitude longitude rank grade level score year capita unit`,
);
const AMOUNT_UNITS = set(
  'usd eur gbp chf cad aud nzd sek nok dkk pln inr jpy dollars euros ml hl kg tonnes tons l litres liters kwh mwh gallons',
);
const SIZES = set(
  'weight mass body limit salary estimated rated capacity standing balance birth carcass tare gross_weight load',
);
const GLUED =
  /^([a-z]{3,})(id|name|date|time|code|type|count|number|price|year|amount|length|width|height|class|rate)$/;
/** `pclass`, `nrooms`: a letter before a word. */
const PREFIXED = /^([nptx])(class|count|price|rooms|points|items|value|score)$/;
const CAREFUL = set(
  'paid valid avoid surname username rename update candidate mandate overtime lifetime discount account',
);

export function columnInfo(table: TableInfo, column: CatalogColumn, rows: number): ColumnInfo {
  const names = column.name.split('_').flatMap(unglue).filter(Boolean);
  const meaningful = names.filter((word) => !EMPTY.has(word));
  const isUnit = (word: string) => UNITS.has(word) && (word !== 'min' || DURATIONS.test(column.name));
  const named = meaningful.length > 0 ? meaningful : names;
  const words = [...named, ...measuredBy(named)].map((word, index) =>
    schemaWord(word, index >= named.length || (index > 0 && isUnit(word)), index === 0 ? table : undefined),
  );
  const role = roleOf(column, names, rows);
  const { distinct } = column;
  return {
    table,
    name: column.name,
    type: column.type,
    role,
    words,
    head: headOf(words, names),
    ...abbreviations(words, column.name),
    descriptionStems: new Set(
      wordsOf(column.description ?? '')
        .filter((word) => word.length > 3)
        .map(stem),
    ),
    unit: meaningful.slice(1).find(isUnit) ?? meaningful.slice(0, 1).find((word) => isLeadingUnit(word, meaningful)),
    additive: role === 'number' && (isAdditive(names) || countsThings(column, names) || isQuantity(names)),
    intensive: role === 'number' && names.some((name) => INTENSIVE.has(name)),
    unique: rows > 0 && distinct === rows && (column.null_fraction ?? 0) === 0,
    profile: column,
    ...(role === 'boolean' && column.type !== 'boolean' ? { truth: truthOf(column) } : {}),
  };
}

const MEASURED: Readonly<Record<string, readonly string[]>> = {
  km: ['distance'],
  miles: ['distance'],
  kg: ['weight'],
  min: ['duration'],
  mins: ['duration'],
};

/** What a column holds that is named by its unit alone. */
function measuredBy([name = '', other]: readonly string[]): readonly string[] {
  return other === undefined && Object.hasOwn(MEASURED, name) ? MEASURED[name]! : [];
}

/** `hours_on_site`, `km`: a unit that is no word for something else. */
function isLeadingUnit(word: string, [, second]: readonly string[]): boolean {
  const pattern =
    second === undefined
      ? /^(?:km|kg|kwh|kw|litres|liters|ml|eur|usd|gbp|chf|hrs|min|sec)$/
      : /^(?:hours|minutes|mins|seconds)$/;
  return pattern.test(word);
}

function abbreviations(words: readonly SchemaWord[], name: string): Pick<ColumnInfo, 'initials' | 'whole' | 'only'> {
  const parts = name.split('_').filter(Boolean);
  const heavy = words.filter(({ weight }) => weight === 1);
  return {
    initials: parts.length > 1 ? parts.map((part) => part[0]).join('') : undefined,
    whole: words.length > 1 ? stem(words.map(({ word }) => word).join('')) : undefined,
    only: heavy.length === 1 ? heavy[0]!.stem : undefined,
  };
}

function unglue(word: string): readonly string[] {
  const match = CAREFUL.has(word) || isKnownWord(word) ? null : GLUED.exec(word);
  if (match && isKnownWord(match[1]!)) return [match[1]!, match[2]!];
  const prefixed = isKnownWord(word) ? null : PREFIXED.exec(word);
  return prefixed ? [prefixed[1]!, prefixed[2]!] : [word];
}

function schemaWord(word: string, isUnit: boolean, table: TableInfo | undefined): SchemaWord {
  const wordStem = stem(word);
  const ofTable = table?.entity.at(-1)?.stem === wordStem;
  const isCryptic = word.length <= 2 && !isKnownWord(word);
  const weight = isUnit ? 0.15 : GENERIC.has(word) || ofTable || isCryptic ? 0.35 : /^\d+$/.test(word) ? 0.2 : 1;
  return { word, stem: wordStem, root: root(word), weight };
}

/** What stands between the head of a name and what belongs to it: `length_of_stay`. */
const LINKS = set('of per in from by to for');

function headOf(words: readonly SchemaWord[], names: readonly string[]): SchemaWord {
  const link = names.findIndex((name, index) => index > 0 && LINKS.has(name));
  const before = link > 0 ? words.find(({ word }) => word === names[link - 1]) : undefined;
  if (before) return before;
  const strong = words.filter(({ weight }) => weight === 1);
  return strong.at(-1) ?? words.at(-1)!;
}

function roleOf(
  { type, min, max, distinct, nullable, top_values }: CatalogColumn,
  names: readonly string[],
  rows: number,
): ColumnRole {
  const last = names.at(-1)!;
  if (type === 'boolean') return 'boolean';
  if (type === 'date' || type.startsWith('timestamp')) return 'date';
  if (ID_ENDS.has(last)) return 'id';
  if (type === 'varchar' || type === 'json' || type === 'time') {
    const values = top_values?.map(({ value }) => value.toLowerCase()) ?? [];
    return values.length === 2 && values.every((value) => value in TRUTHS) ? 'boolean' : 'text';
  }
  if (type === 'bigint' && distinct === 2 && min === '0' && max === '1') return 'boolean';
  const counts = Number(max) - Number(min) + 1;
  if (type === 'bigint' && !nullable && rows > LEAST_NUMBERED && distinct === rows && counts === rows) return 'id';
  const isYear = names.some((name) => name === 'year' || name === 'yr' || name === 'years');
  if (isYear && Number(min) >= 1000 && Number(max) <= 2200) return 'year';
  return NUMBER_ENDS.has(last) && names.length > 1 ? 'id' : 'number';
}

/** So many rows numbered without a gap are no coincidence. */
const LEAST_NUMBERED = 20;

const TRUTHS: Readonly<Record<string, boolean>> = {
  yes: true,
  no: false,
  y: true,
  n: false,
  true: true,
  false: false,
  t: true,
  f: false,
};

function truthOf({ type, top_values }: CatalogColumn): { yes: string; no: string } {
  if (type === 'bigint') return { yes: '1', no: '0' };
  const of = (truth: boolean) => top_values?.find(({ value }) => TRUTHS[value.toLowerCase()] === truth)?.value ?? '';
  return { yes: of(true), no: of(false) };
}

function isAdditive(names: readonly string[]): boolean {
  return names.some((name) => ADDITIVE.has(name)) && !names.some((name) => INTENSIVE.has(name));
}

/** `admission_eur`, `roasted_kg`: an amount of money or goods, where the name does not say that it is the size of one thing. */
function isQuantity(names: readonly string[]): boolean {
  return (
    AMOUNT_UNITS.has(names.at(-1)!) && names.length > 1 && !names.some((name) => INTENSIVE.has(name) || SIZES.has(name))
  );
}

/** Whole numbers under a plural are counts of things: `bedrooms`, `goals_scored`. */
function countsThings({ type, min }: CatalogColumn, names: readonly string[]): boolean {
  const isPlural = names.some(
    (name) => name.length > 4 && /[^suri]s$/.test(name) && !UNITS.has(name) && !INTENSIVE.has(name),
  );
  return type === 'bigint' && isPlural && Number(min) >= 0 && !names.some((name) => INTENSIVE.has(name));
}

/** The column's name in words. */
export function columnLabel({ name }: ColumnInfo): string {
  return name.replaceAll('_', ' ');
}
