import { isVerb } from '../lexicon/verbs.js';
import type { Role } from '../lexicon/phrases.js';
import type { ColumnLink } from '../linking/links.js';
import type { ColumnInfo } from '../schema/columns.js';
import { bothEnds } from './both-ends.js';
import type { Clause, Noun } from './clause.js';
import { planColumn } from './clause.js';
import { unitNamed } from '../text/units.js';
import { comparisons } from './comparisons.js';
import { deeds } from './deeds.js';
import { extremes } from './extremes.js';
import { goodsAsked } from './goods.js';
import { asksForAll, countsPieces, idioms } from './idioms.js';
import { interrogatives } from './interrogatives.js';
import type { Lattice } from './lattice.js';
import { times } from './times.js';
import { negated, properties, values } from './values.js';

/** Tables whose rows are what `sold` and `bought` speak of. */
const TRADES = new Set(['order', 'sale', 'sal', 'purchas', 'transaction', 'invoic', 'item', 'line', 'sel']);
const AMOUNTS = new Set(['amount', 'volume', 'quantity']);
const SURE = 0.8;
const CLASSIFIERS = new Set('type status category class kind group level code flag'.split(' '));
const UNITS = {
  decade: 'decade',
  year: 'year',
  quarter: 'quarter',
  month: 'month',
  week: 'week',
  day: 'day',
  hour: 'hour',
  weekday: 'weekday',
} as const;
const GROUPS = {
  yearly: 'year',
  quarterly: 'quarter',
  monthly: 'month',
  weekly: 'week',
  daily: 'day',
  hourly: 'hour',
} as const;

/** Roles that only mean something inside a larger clause. */
const INNER: ReadonlySet<Role> = new Set<Role>([
  'gt', 'gte', 'lt', 'lte', 'eq', 'between', 'above-average', 'below-average', 'not', 'without', 'null', 'to', 'from', 'than',
  'starts', 'ends', 'contains', 'in', 'since', 'before', 'after', 'until', 'most', 'least', 'top', 'bottom',
]); // prettier-ignore

/** Every clause that may begin at a word. */
export function clausesAt(lattice: Lattice, place: number): readonly Clause[] {
  const ends = bothEnds(lattice, place);
  const asked = interrogatives(lattice, place);
  const idiomatic = idioms(lattice, place);
  const computed = new Set(
    idiomatic.flatMap((clause) => (clause.kind === 'measure' && clause.end === place + 1 ? [clause.column] : [])),
  );
  return [
    ...(asked.length > 0 ? asked : marks(lattice, place)),
    ...idiomatic,
    ...deeds(lattice, place),
    ...ends,
    ...nouns(lattice, place).filter(
      (clause) => !(clause.kind === 'noun' && clause.noun.type === 'column' && computed.has(clause.noun.column)),
    ),
    ...numbers(lattice, place),
    ...limits(lattice, place),
    ...negations(lattice, place),
    ...unrelated(lattice, place),
    ...(ends.length > 0 ? [] : extremes(lattice, place)),
  ];
}

function limits(lattice: Lattice, place: number): readonly Clause[] {
  return [
    ...values(lattice, place),
    ...properties(lattice, place),
    ...comparisons(lattice, place),
    ...times(lattice, place),
  ];
}

function marks(lattice: Lattice, place: number): readonly Clause[] {
  if (lattice.tokens[place]!.kind === 'comma') return [{ kind: 'comma', start: place, end: place + 1, quality: 1 }];
  if (lattice.word(place) === 'in' && unitNamed(lattice.word(place + 1))) {
    return [{ kind: 'mark', role: 'filler', start: place, end: place + 2, quality: 0.7 }];
  }
  if (namesNewcomers(lattice, place))
    return [{ kind: 'mark', role: 'filler', start: place, end: place + 1, quality: 0.8 }];
  if (classifies(lattice, place)) return [{ kind: 'mark', role: 'filler', start: place, end: place + 2, quality: 0.8 }];
  const end = endOfTime(lattice, place);
  if (end) return [{ kind: 'mark', role: end, start: place, end: place + 1, quality: 1 }];
  const [longest] = lattice.roles(place);
  return lattice.roles(place).flatMap(({ role, end }): readonly Clause[] => {
    if (longest && longest.end > end && role.startsWith('ask-') && /^(?:ask-|share)/.test(longest.role)) return [];
    if (role in GROUPS && isRate(lattice, place))
      return [{ kind: 'mark', role: 'filler', start: place, end, quality: 1 }];
    if (role in GROUPS)
      return [{ kind: 'group', unit: GROUPS[role as keyof typeof GROUPS], start: place, end, quality: 1 }];
    if (role in UNITS)
      return [{ kind: 'unit', unit: UNITS[role as keyof typeof UNITS], start: place, end, quality: 0.9 }];
    if (role === 'ask-count' && (namesAmount(lattice, place, end) || countsPieces(lattice, end))) return [];
    if (role === 'ask-much' && /^(?:stuff|things?|material|food|produce)$/.test(lattice.word(end))) return [];
    if (role === 'ask-much' && goodsAsked(lattice, place).length > 0) return [];
    if (role === 'relative' && lattice.isOpening(place)) return [];
    if (role === 'rate' && namesRate(lattice, place)) return [];
    if (role === 'share' && lattice.tokens[place - 1]?.kind === 'number') return [];
    if (role === 'over-time') {
      const group = (unit: 'month' | 'year', quality: number): Clause => ({
        kind: 'group',
        unit,
        start: place,
        end,
        quality,
      });
      return [group('month', 1), group('year', 0.5)];
    }
    if (role === 'trade') {
      const { entity, everyday } = lattice.scope.main;
      const sells = everyday.priced && /^(?:sells?|buys?)$/.test(lattice.word(place));
      const trades = sells || everyday.trades || entity.some(({ stem }) => TRADES.has(stem));
      const told = lattice.columns(place).some(({ column }) => column.role === 'number' && column.additive);
      return trades ? [{ kind: 'mark', role, start: place, end, quality: told ? 0.6 : 0.9 }] : [];
    }
    if (role === 'rows') return [{ kind: 'noun', noun: { type: 'rows' }, start: place, end, quality: 0.8 }];
    if (role === 'young') {
      const ages = lattice.ownColumns.filter(
        ({ role, words }) => role === 'number' && words.some(({ word }) => word === 'age'),
      );
      const told =
        (lattice.scope.main.personal || ages.length === 1) &&
        lattice.roles(end, 'gt', 'gte', 'lt', 'lte', 'between').length > 0;
      return told ? [{ kind: 'noun', noun: { type: 'rows' }, start: place, end, quality: 0.85 }] : [];
    }
    if (role === 'person') {
      const isRow = lattice.scope.main.personal;
      return isRow
        ? [{ kind: 'noun', noun: { type: 'rows' }, start: place, end, quality: 0.9 }]
        : [{ kind: 'mark', role, start: place, end, quality: 0.7 }];
    }
    if (role === 'filler') return [{ kind: 'mark', role, start: place, end, quality: 0.5 }];
    return INNER.has(role) ? [] : [{ kind: 'mark', role, start: place, end, quality: 1 }];
  });
}

/** `new customers by month`: whoever came in that time is new. */
function namesNewcomers(lattice: Lattice, place: number): boolean {
  if (lattice.word(place) !== 'new') return false;
  const isThing = lattice.entities(place + 1).length > 0 || lattice.roles(place + 1, 'person', 'rows').length > 0;
  return (
    isThing &&
    lattice.tokens.some(
      (_, at) => lattice.time(at) ?? lattice.roles(at, 'month', 'monthly', 'year', 'yearly').length > 0,
    )
  );
}

/** `type of food`, where a column says the food. */
function classifies(lattice: Lattice, place: number): boolean {
  const isClass = /^(?:type|kind|sort|category|class)s?$/.test(lattice.word(place)) && lattice.word(place + 1) === 'of';
  return isClass && lattice.columns(place + 2).some(({ column }) => column.role === 'text');
}

/** `When was it last seen?` asks for the latest time. */
function endOfTime(lattice: Lattice, place: number): 'max' | 'min' | undefined {
  const end = ({ last: 'max', first: 'min' } as const)[lattice.word(place)];
  const asksWhen = lattice.roles(0, 'ask-when').length > 0 && place > 1;
  return asksWhen && !lattice.time(place) ? end : undefined;
}

/** `120000 a year`: a part of the amount. */
function isRate(lattice: Lattice, place: number): boolean {
  const opens = ['a', 'an', 'per'].includes(lattice.word(place));
  return opens && [1, 2, 3].some((back) => lattice.amount(place - back)?.end === place);
}

const PEOPLE = /^(?:visitor|guest|customer|buyer|user|caller|borrower|applicant|attendee)s?$/;

/** `granted` and `who roasts` need not ask for the date of it, nor `spend` for the budget. */
function isVagueVerb({ column, start, end, quality }: ColumnLink, lattice: Lattice): boolean {
  const isDeed =
    /^(?:who|what|where|people|customers|clients|guests|visitors|users|we|they)$/.test(lattice.word(start - 1)) ||
    PEOPLE.test(lattice.word(start));
  if (column.role === 'date' && isDeed) return true;
  if (end !== start + 1 || !isVerb(lattice.word(start))) return false;
  return quality < SURE || (column.role === 'date' && !column.profile.nullable);
}

/** `home` in `property_type` rather names the rows than their type. */
function isClassified({ column, end }: ColumnLink, lattice: Lattice): boolean {
  const last = column.words.at(-1)!;
  return column.words.length > 1 && CLASSIFIERS.has(last.word) && lattice.tokens[end - 1]!.stem !== last.stem;
}

/** `rate` of a column `nightly_rate`, unless it is the rate at which something happens: `cancellation rate`. */
function namesRate(lattice: Lattice, place: number): boolean {
  const isNamed = lattice.columns(place).some(({ column, quality }) => column.role === 'number' && quality >= SURE);
  const happens = lattice.columns(place - 1).some(({ column }) => column.role === 'boolean');
  return isNamed && !happens && lattice.values(place - 1).length === 0;
}

/** `amount of` counts, unless a column is called amount. */
function namesAmount(lattice: Lattice, place: number, end: number): boolean {
  for (let at = place; at < end; at += 1) {
    const isAmount = AMOUNTS.has(lattice.word(at)) && lattice.columns(at).some(({ quality }) => quality >= SURE);
    if (isAmount) return true;
  }
  return false;
}

function nouns(lattice: Lattice, place: number): readonly Clause[] {
  if (place === 0 && lattice.roles(place, 'ask-list').length > 0) return [];
  const noun = (each: Noun, end: number, quality: number): Clause => ({
    kind: 'noun',
    noun: each,
    start: place,
    end,
    quality,
  });
  return [
    ...lattice.columns(place).map((link) => {
      const { column, namesHead, end, quality } = link;
      return {
        ...noun(
          { type: 'column', column, namesHead, isVague: isVagueVerb(link, lattice) },
          end,
          isClassified(link, lattice) ? quality * 0.76 : quality,
        ),
        note: link.note ?? productNote(column),
      };
    }),
    ...lattice
      .columns(place)
      .filter((link) => link.column.table === lattice.scope.main && isClassified(link, lattice))
      .map(({ end, quality }) => noun({ type: 'rows' }, end, quality * 0.9)),
    ...lattice.entities(place).map(({ table, end, quality }) => noun({ type: 'entity', table }, end, quality)),
    ...columnsOfNamedTable(lattice, place).map(({ column, namesHead, end, quality }) =>
      noun({ type: 'column', column, namesHead }, end, quality),
    ),
    ...(lattice.word(place) === 'how' && !asksForAll(lattice, place) ? lattice.adjectives(place + 1) : [])
      .filter(({ degree }) => degree === 'positive')
      .flatMap((adjective) => lattice.columnsOfAdjective(adjective))
      .map((column) => noun({ type: 'column', column, namesHead: true }, place + 2, 0.9)),
  ];
}

/** `product category`: the table before its column says no more than the column. */
function columnsOfNamedTable(lattice: Lattice, place: number): readonly ColumnLink[] {
  return lattice.entities(place).flatMap(({ table, end, quality }) =>
    lattice
      .columns(end)
      .filter(({ column }) => column.table === table && table !== lattice.scope.main)
      .map((link) => ({ ...link, quality: Math.min(quality, link.quality) })),
  );
}

function productNote({ product, name }: ColumnInfo): string | undefined {
  return product && `I took ${name} as ${product.join(' times ').replaceAll('_', ' ')}.`;
}

function numbers(lattice: Lattice, place: number): readonly Clause[] {
  const amount = lattice.amount(place);
  return amount && amount.unit === undefined
    ? [{ kind: 'number', value: amount.value, start: place, end: amount.end, quality: 1 }]
    : [];
}

/** `not in Porto`, `except Lisbon`, `not shipped`; also with the column before: `origin is not USA`. */
function negations(lattice: Lattice, place: number): readonly Clause[] {
  const at = (from: number): readonly Clause[] =>
    lattice.roles(from, 'not', 'without').flatMap((phrase) =>
      afterDenial(lattice, phrase.end).flatMap((next) =>
        limits(lattice, next).flatMap((clause): readonly Clause[] => {
          const opposite = clause.kind === 'filter' ? negated(clause.filter) : undefined;
          // A column `no_show` has its own denial.
          const isNamed =
            clause.kind === 'filter' && clause.column.words.some(({ word }) => word === lattice.word(from));
          const isDouble = clause.kind === 'filter' && clause.filter.kind === 'null' && phrase.role === 'without';
          return opposite && clause.kind === 'filter' && !isDouble && !isNamed
            ? [{ ...clause, filter: opposite, start: place }]
            : [];
        }),
      ),
    );
  const afterColumn = lattice.columns(place).flatMap(({ column, end }) =>
    lattice
      .after(end, 2)
      .flatMap((next) => at(next))
      .filter((clause) => clause.kind === 'filter' && clause.column === column),
  );
  const notYet = lattice.roles(place, 'not').flatMap((phrase) =>
    lattice.after(phrase.end, 3).flatMap((next) =>
      lattice.columns(next).flatMap((link): readonly Clause[] => {
        const { column } = link;
        const isEvent =
          column.role === 'date' || (column.role === 'number' && /(?:ed|sold|paid|sent)$/.test(lattice.word(next)));
        if (!isEvent || !column.profile.nullable) return [];
        return [
          {
            kind: 'filter',
            filter: { kind: 'null', column: planColumn(column), negated: false },
            column,
            start: place,
            end: link.end,
            quality: link.quality,
          },
        ];
      }),
    ),
  );
  return [...at(place), ...afterColumn, ...notYet];
}

/** Places where what is denied may begin: also after the verb of `not covered by`, `do not get the`. */
function afterDenial(lattice: Lattice, place: number): readonly number[] {
  const near = lattice.after(place, 3);
  const last = near.at(-1)!;
  const isAgent = lattice.word(last) === 'by' && isVerb(lattice.word(last - 1));
  const isVerbFirst = last === place && isVerb(lattice.word(last));
  return isAgent || isVerbFirst ? [...near, ...lattice.after(last + 1, 2)] : near;
}

/** `without orders`, `never ordered`, `who have orders`: rows of another table that refer to this one, or their absence. */
function unrelated(lattice: Lattice, place: number): readonly Clause[] {
  if (lattice.isOpening(place)) return [];
  return lattice.roles(place, 'not', 'without', 'relative').flatMap((phrase) =>
    lattice.after(phrase.end, 4).flatMap((next) =>
      lattice.entities(next).flatMap((link): readonly Clause[] => {
        const key = lattice.scope.children.find(({ from }) => from.table === link.table);
        if (!key) return [];
        const filter = {
          kind: 'related' as const,
          column: planColumn(key.to),
          other: planColumn(key.from),
          negated: phrase.role !== 'relative',
        };
        return [{ kind: 'filter', filter, column: key.to, start: place, end: link.end, quality: link.quality }];
      }),
    ),
  );
}
