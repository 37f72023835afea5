import { type AdjectiveForm, adjectives, conceptStems } from '../lexicon/adjectives.js';
import { phrasesFrom, type Role } from '../lexicon/phrases.js';
import { weightOf } from '../lexicon/small-words.js';
import { type ColumnLink, columnsAbout, type EntityLink, type Links, type ValueLink } from '../linking/links.js';
import { columnsOf, type Scope } from '../linking/scope.js';
import type { ColumnInfo } from '../schema/columns.js';
import { readTime, type TimeFound } from '../text/dates.js';
import { readNumber, readOrdinal } from '../text/numbers.js';
import { stem } from '../text/stem.js';
import type { Token } from '../text/tokens.js';
import { unitNamed } from '../text/units.js';

interface Phrase {
  readonly role: Role;
  readonly end: number;
}

export interface Amount {
  readonly value: number;
  /** The unit's name as written. */
  readonly unit: string | undefined;
  readonly end: number;
}

type TimeAt = TimeFound & { readonly end: number };

const TELLING: readonly Role[] = [
  'ask-count', 'ask-often', 'ask-much', 'share', 'fraction', 'avg', 'max', 'min', 'median', 'most', 'least', 'common', 'rare', 'not', 'without',
  'ask-which', 'ask-who', 'ask-when', 'ask-where', 'ask-how', 'ask-list', 'distinct', 'compare', 'difference', 'per', 'by', 'above-average', 'below-average', 'starts', 'ends', 'null',
]; // prettier-ignore
const TELLING_WORDS = new Set([
  'more',
  'less',
  'fewer',
  'not',
  'many',
  'over',
  'under',
  'above',
  'below',
  'between',
  'type',
  'kind',
  'category',
]);

/** Prepositions that limit a number, or say where something is. */
const LIMITING = new Set(['over', 'under', 'above', 'below']);

/** Everything that may begin at each word of a question, within one scope. The rules of the grammar read it. */
export class Lattice {
  readonly length: number;
  private readonly lower: readonly string[];
  private readonly phrases: readonly (readonly Phrase[])[];
  private readonly columnsAt: ReadonlyMap<number, readonly ColumnLink[]>;
  private readonly entitiesAt: ReadonlyMap<number, readonly EntityLink[]>;
  private readonly valuesAt: ReadonlyMap<number, readonly ValueLink[]>;
  private readonly allColumns: readonly ColumnInfo[];
  private readonly times = new Map<number, TimeAt | undefined>();
  readonly booleanColumns: readonly ColumnInfo[];
  readonly ownColumns: readonly ColumnInfo[];

  constructor(
    readonly tokens: readonly Token[],
    readonly scope: Scope,
    links: Links,
    private readonly now: Date,
  ) {
    this.length = tokens.length;
    this.lower = tokens.map(({ lower }) => lower);
    this.phrases = tokens.map((_, place) => this.findPhrases(place));
    const inScope = ({ column }: { column: ColumnInfo }) => scope.paths.has(column.table);
    this.columnsAt = byStart(links.columns.filter(inScope));
    this.valuesAt = byStart(links.values.filter(inScope));
    const children = new Set(scope.children.map(({ from }) => from.table));
    this.entitiesAt = byStart(links.entities.filter(({ table }) => scope.paths.has(table) || children.has(table)));
    this.allColumns = columnsOf(scope);
    this.ownColumns = scope.main.columns;
    this.booleanColumns = this.allColumns.filter(({ role }) => role === 'boolean');
  }

  columns(place: number): readonly ColumnLink[] {
    return this.columnsAt.get(place) ?? [];
  }

  entities(place: number): readonly EntityLink[] {
    return this.entitiesAt.get(place) ?? [];
  }

  values(place: number): readonly ValueLink[] {
    return this.valuesAt.get(place) ?? [];
  }

  /** Phrases of any of these roles, or all phrases, that begin here. */
  roles(place: number, ...roles: readonly Role[]): readonly Phrase[] {
    const all = this.phrases[place] ?? [];
    return roles.length === 0 ? all : all.filter(({ role }) => roles.includes(role));
  }

  word(place: number): string {
    return this.lower[place] ?? '';
  }

  /** A number with the unit after it, or the currency before it. */
  amount(place: number): Amount | undefined {
    const article = this.articleAmount(place);
    if (article) return article;
    const before = unitNamed(this.word(place)) && /^[$€£]$/.test(this.word(place)) ? 1 : 0;
    const found = readNumber(this.lower.slice(place + before, place + before + 4));
    // `under 18s`, but not `the 90s`.
    const isAge =
      found?.length === 1 && this.word(place + 1) === 's' && /^(?:under|over|above|below)$/.test(this.word(place - 1));
    if (isAge) return { value: found.value, unit: undefined, end: place + 2 };
    if (!found || ['st', 'nd', 'rd', 'th', 's'].includes(this.word(place + before + found.length))) return undefined;
    const end = place + before + found.length;
    const after = unitNamed(this.word(end)) ? this.word(end) : undefined;
    if (after) return { value: found.value, unit: after, end: end + (this.word(end + 1) === 'old' ? 2 : 1) };
    return { value: found.value, unit: before ? this.word(place) : undefined, end };
  }

  /** `an hour`, `half an hour`. */
  private articleAmount(place: number): Amount | undefined {
    const half = this.word(place) === 'half' ? 1 : 0;
    const unit = this.word(place + half + 1);
    const isAmount = ['a', 'an'].includes(this.word(place + half)) && unit.length > 1 && unitNamed(unit) !== undefined;
    return isAmount ? { value: half ? 0.5 : 1, unit, end: place + half + 2 } : undefined;
  }

  ordinal(place: number): { readonly value: number; readonly end: number } | undefined {
    const glued = ['st', 'nd', 'rd', 'th'].includes(this.word(place + 1))
      ? this.word(place) + this.word(place + 1)
      : '';
    const value = readOrdinal(glued || this.word(place));
    return value === undefined ? undefined : { value, end: place + (glued ? 2 : 1) };
  }

  time(place: number): TimeAt | undefined {
    if (this.times.has(place)) return this.times.get(place);
    const read = readTime(this.lower.slice(place, place + 9), this.now);
    const found = read && { ...read, end: place + read.length };
    this.times.set(place, found);
    return found;
  }

  adjectives(place: number): readonly AdjectiveForm[] {
    return adjectives(this.word(place));
  }

  /** The columns that an adjective speaks of in this scope. */
  columnsOfAdjective(adjective: AdjectiveForm): readonly ColumnInfo[] {
    const fitting = this.allColumns.filter(
      ({ role }) => role === 'number' || (adjective.dates && (role === 'date' || role === 'year')),
    );
    const own = fitting.filter(({ table }) => table === this.scope.main);
    const found = columnsAbout(conceptStems(adjective), own);
    if (speaksOfPrice(adjective.concepts) && found.length !== 1) {
      const { money } = this.scope.main.everyday;
      return money.length === 1 ? money : found;
    }
    if (found.length > 0) return found;
    if (speaksOfTime(adjective.concepts)) return this.durations();
    if (adjective.dates && own.some(({ role }) => role !== 'number')) return this.scope.main.dates.slice(0, 1);
    const named = columnsAbout(conceptStems(adjective), fitting);
    return named.length > 0 || !this.speaksOfWorth(adjective) ? named : this.scope.main.everyday.money;
  }

  /** How long something took, where only one column tells it. */
  private durations(): readonly ColumnInfo[] {
    const { durations, spans } = this.scope.main.everyday;
    const [stored, other] = durations.length > 0 ? durations : spans;
    return stored && !other ? [stored] : [];
  }

  /** `our best customers`, `the biggest client`: by the money, where only one column tells it. */
  speaksOfWorth({ concepts, degree }: AdjectiveForm): boolean {
    const { everyday, columns } = this.scope.main;
    // The largest run of a printer is told by its copies as well as by its price.
    const counts = columns.some(
      ({ additive, type, name }) => additive && type === 'bigint' && name !== everyday.money[0]?.name,
    );
    const isWorth = concepts[0] === 'rating' || !counts;
    return isGeneral(concepts) && isWorth && degree === 'superlative' && everyday.money.length === 1;
  }

  /** The columns that a unit such as `kg` measures. */
  columnsOfUnit(unit: string): readonly ColumnInfo[] {
    const own = this.allColumns.filter(({ role }) => role === 'number');
    const withUnit = own.filter((column) => column.unit === unit);
    if (withUnit.length > 0) return withUnit;
    for (const { concepts } of unitNamed(unit) ?? []) {
      const named = own.filter(({ words }) => words.some(({ word }) => concepts.includes(word)));
      const found = named.length > 0 ? named : columnsAbout(concepts.map(stem), own);
      if (found.length > 0) return found;
    }
    return [];
  }

  /** Whether a word such as `which` opens the question rather than a clause about the noun before it. */
  isOpening(place: number): boolean {
    const asks = this.roles(place).some(({ role }) => role.startsWith('ask-'));
    return asks && (place === 0 || this.isSmall(place - 1));
  }

  /** Places reached by passing over up to `most` words that say little, the nearest first. */
  after(place: number, most = 3): readonly number[] {
    const places = [place];
    while (places.length <= most && this.tokens[place] && this.isSmall(place)) places.push((place += 1));
    return places;
  }

  /** The first place at or after this one whose word says something. */
  skip(place: number, most = 4): number {
    return this.after(place, most).at(-1)!;
  }

  /** Whether a word says what is asked though it is small: `how many`, `most`, `not`. */
  isTelling(place: number): boolean {
    const { ending, over } = this.scope.main.everyday;
    const isOpen = this.word(place) === 'still' && (ending ?? over) !== undefined;
    if (this.isLoosePreposition(place)) return false;
    return isOpen || TELLING_WORDS.has(this.word(place)) || this.roles(place, ...TELLING).length > 0;
  }

  /** Whether an amount follows, rather than `a red flag`. */
  private limits(place: number): boolean {
    return [1, 2, 3].some((offset) => {
      const next = place + offset;
      const isAmount = this.columns(next).some(({ column }) => column.role === 'number' || column.role === 'date');
      return (
        isAmount || this.amount(next) !== undefined || /^(?:average|mean|time|freezing|zero)$/.test(this.word(next))
      );
    });
  }

  /** `under a red flag`: says where something is. */
  isLoosePreposition(place: number): boolean {
    return LIMITING.has(this.word(place)) && !this.limits(place);
  }

  private isSmall(place: number): boolean {
    return !this.isTelling(place) && this.tokens[place]?.kind === 'word' && weightOf(this.word(place)) !== 'content';
  }

  private findPhrases(place: number): readonly Phrase[] {
    const found: Phrase[] = [];
    for (const { words, role } of phrasesFrom(this.lower[place]!)) {
      if (words.every((word, index) => this.lower[place + index] === word))
        found.push({ role, end: place + words.length });
    }
    return found.sort((one, other) => other.end - one.end);
  }
}

/** `expensive`, `cheap`. */
function speaksOfPrice([first]: readonly string[]): boolean {
  return first === 'price' || first === 'value' || first === 'profit';
}

/** `long`, `quick`. */
function speaksOfTime(concepts: readonly string[]): boolean {
  return concepts.includes('duration');
}

/** Adjectives that go with any amount: `best`, `biggest`. */
function isGeneral([first]: readonly string[]): boolean {
  return first === 'rating' || first === 'size';
}

function byStart<Link extends { readonly start: number }>(
  links: readonly Link[],
): ReadonlyMap<number, readonly Link[]> {
  const map = new Map<number, Link[]>();
  for (const link of links) map.set(link.start, [...(map.get(link.start) ?? []), link]);
  return map;
}
