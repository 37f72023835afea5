import type { Role } from '../lexicon/phrases.js';
import type { ColumnLink } from '../linking/links.js';
import type { Comparison, Filter } from '../plan.js';
import type { ColumnInfo, SchemaWord } from '../schema/columns.js';
import { namesKind } from '../lexicon/asked-kinds.js';
import { weightOf } from '../lexicon/small-words.js';
import { scaleNamed } from '../text/numbers.js';
import { convertUnit, isPercent, isTime } from '../text/units.js';
import { type Clause, planColumn } from './clause.js';
import { columnComparisons } from './column-comparisons.js';
import type { Amount, Lattice } from './lattice.js';

const LARGE = 1000;
const OPERATORS: Partial<Record<Role, Comparison>> = { gt: '>', gte: '>=', lt: '<', lte: '<=', eq: '=' };
const AGGREGATES = ['avg', 'sum', 'min', 'max', 'median'] as const;

/** What may stand between a column and the number that it equals. */
const EQUALS = new Set('is are was were equal equals to a the number'.split(' '));

/** What is compared with, before the column is known. */
interface Bound {
  readonly operator: Comparison;
  readonly amount: Amount;
  /** The upper end of `between`. */
  readonly upTo?: Amount | undefined;
  readonly end: number;
}

/** Numbers that limit a column: `income above 5`, `more than 5 kg`, `8 cylinders`, `heavier than 4000`, `between 3 and 5`. */
export function comparisons(lattice: Lattice, place: number): readonly Clause[] {
  return [
    ...columnThenBound(lattice, place),
    ...boundThenColumn(lattice, place),
    ...adjectiveThenBound(lattice, place),
    ...aggregateThenBound(lattice, place),
    ...columnComparisons(lattice, place),
    ...betweenOfColumn(lattice, place),
    ...severalNumbers(lattice, place),
    ...signs(lattice, place),
  ];
}

function columnThenBound(lattice: Lattice, place: number): readonly Clause[] {
  return lattice.columns(place).flatMap((link) => {
    if (isCode(link.column)) return codes(lattice, link, place);
    if (!isComparable(link.column)) return [];
    const speaksOfAge = [link.end, link.end + 1, link.end + 2].some((each) => AGES.has(lattice.word(each)));
    if (speaksOfAge && !isAge(link.column)) return [];
    const bounds = lattice
      .after(link.end)
      .flatMap((next) => [...boundsAt(lattice, next), ...plainNumber(lattice, link.end, next)]);
    const adjectives = lattice
      .after(link.end)
      .flatMap((next) =>
        lattice
          .adjectives(next)
          .flatMap((adjective) =>
            adjective.degree === 'comparative' && lattice.word(next + 1) === 'than'
              ? numberAfter(lattice, next + 2, adjective.high ? '>' : '<')
              : [],
          ),
      );
    return [...bounds, ...adjectives].map((bound) => comparison(link.column, bound, place, bound.end, link.quality));
  });
}

/** `violation code 40`. */
function codes(lattice: Lattice, { column, end, quality }: ColumnLink, place: number): readonly Clause[] {
  return lattice
    .after(end)
    .flatMap((next) => plainNumber(lattice, end, next))
    .filter(({ upTo }) => upTo === undefined)
    .map((bound) => comparison(column, bound, place, bound.end, quality));
}

function isCode({ role, type }: ColumnInfo): boolean {
  return role === 'id' && type === 'bigint';
}

/** `between magnitude 2 and 3`. */
function betweenOfColumn(lattice: Lattice, place: number): readonly Clause[] {
  return lattice.roles(place, 'between').flatMap(({ end }) =>
    lattice
      .columns(end)
      .filter(({ column }) => isComparable(column))
      .flatMap((link) =>
        between(lattice, link.end).map((bound) => comparison(link.column, bound, place, bound.end, link.quality)),
      ),
  );
}

/** `more than 200 horsepower`, `between 3 and 5 stars`, `8 cylinders`, `4-cylinder`. */
function boundThenColumn(lattice: Lattice, place: number): readonly Clause[] {
  const exact = lattice.amount(place);
  const exactly: readonly Bound[] =
    exact && exact.unit === undefined ? [{ operator: '=', amount: exact, end: exact.end }] : [];
  const bounds = boundsAt(lattice, place);
  const named = [...bounds, ...exactly].flatMap((bound) =>
    lattice.after(bound.end, bound.operator === '=' ? 0 : 2).flatMap((next) =>
      lattice
        .columns(next)
        .filter(({ column, namesHead }) => isComparable(column) && (namesHead || bound.operator !== '='))
        .map((link) => ({ ...comparison(link.column, bound, place, link.end, link.quality), counts: true })),
    ),
  );
  const measured = bounds.flatMap((bound) =>
    bound.amount.unit === undefined
      ? []
      : lattice.columnsOfUnit(bound.amount.unit).map((column) => comparison(column, bound, place, bound.end, 0.8)),
  );
  const ordinal = lattice.ordinal(place);
  const ordinals = ordinal
    ? lattice
        .columns(ordinal.end)
        .filter(
          ({ column }) => (column.role === 'number' || column.role === 'id') && (column.profile.distinct ?? 99) <= 20,
        )
        .map((link) =>
          comparison(
            link.column,
            { operator: '=', amount: { ...ordinal, unit: undefined }, end: link.end },
            place,
            link.end,
            link.quality,
          ),
        )
    : [];
  const ofPersons =
    lattice.scope.main.personal ||
    lattice.tokens
      .slice(Math.max(0, place - 3), place)
      .some((_, index) => isPeople(lattice, Math.max(0, place - 3) + index));
  const ages = ofPersons
    ? lattice.scope.main.columns.filter(({ words, role }) => role === 'number' && isInYears(words))
    : [];
  const aged = bounds
    .filter((bound) => saysAge(lattice, bound))
    .flatMap((bound) => ages.map((column) => comparison(column, bound, place, bound.end, 0.85)));
  const fitting = bounds.flatMap((bound) =>
    columnsHolding(bound, lattice).map((column) => comparison(column, bound, place, bound.end, 0.74)),
  );
  const conditions = bounds.map((bound) => conditionOf(bound, place));
  return [...named, ...aged, ...fitting, ...measured, ...ordinals, ...conditions];
}

function isPeople(lattice: Lattice, place: number): boolean {
  const { people } = lattice.scope.main.everyday;
  return (
    lattice.roles(place, 'person', 'young').length > 0 ||
    people.has(lattice.word(place)) ||
    namesKind(lattice.word(place), 'other')
  );
}

/** An age that does not say that it is told in months. */
function isInYears(words: readonly SchemaWord[]): boolean {
  const holds = (pattern: RegExp) => words.some(({ word }) => pattern.test(word));
  return holds(/^age$/) && !holds(/^(?:months?|mths?|weeks?|wks?|days?|hours?)$/);
}

/** `over 40`, `under 18 years`, but not `more than 5 times` and `over 40 kg`. */
function saysAge(lattice: Lattice, { amount, end }: Bound): boolean {
  const next = lattice.word(end);
  const isOther = next === 'times' || (weightOf(next) === 'content' && /[^s]s$/.test(next));
  return !isOther && (amount.unit === undefined || /^(?:years?|old)$/.test(amount.unit));
}

/** Numbers without a column can only be said of the only column of numbers, and large ones, as in `under 300k`, of columns that hold such numbers. */
function columnsHolding({ amount }: Bound, lattice: Lattice): readonly ColumnInfo[] {
  if (amount.unit !== undefined) return [];
  const numbers = lattice.scope.main.columns.filter(({ role }) => role === 'number');
  if (amount.value < LARGE && numbers.length > 1) return [];
  return numbers.filter(({ profile }) => Number(profile.min) <= amount.value && amount.value <= Number(profile.max));
}

/** `heavier than 4000 g`, `longer than two hours`; also `more expensive than 20`. */
function adjectiveThenBound(lattice: Lattice, place: number): readonly Clause[] {
  const more = lattice.word(place) === 'more' || lattice.word(place) === 'less' ? 1 : 0;
  const opposite = lattice.word(place) === 'less';
  const degree = more ? 'positive' : 'comparative';
  return lattice.adjectives(place + more).flatMap((adjective) => {
    if (adjective.degree !== degree || lattice.word(place + more + 1) !== 'than') return [];
    const columns = lattice.columnsOfAdjective(adjective).filter(isComparable);
    const operator = adjective.high === opposite ? '<' : '>';
    return numberAfter(lattice, place + more + 2, operator).flatMap((bound) =>
      columns.map((column) => comparison(column, bound, place, bound.end, 0.9)),
    );
  });
}

/** `2 or 3 bedrooms`. */
function severalNumbers(lattice: Lattice, place: number): readonly Clause[] {
  const first = lattice.amount(place);
  const link = first && lattice.roles(first.end, 'or', 'and')[0];
  const second = link && lattice.amount(link.end);
  if (!first || !second || first.unit !== undefined || second.unit !== undefined) return [];
  return lattice.columns(second.end).flatMap(({ column, end, quality, namesHead }): readonly Clause[] => {
    if (!isComparable(column) || !namesHead) return [];
    const equal = ({ value }: Amount): Filter => ({
      kind: 'compare',
      column: planColumn(column),
      operator: '=',
      value,
    });
    return [
      {
        kind: 'filter',
        filter: { kind: 'any', filters: [equal(first), equal(second)] },
        column,
        start: place,
        end,
        quality,
      },
    ];
  });
}

/** `negative profit`, `a positive balance`. */
function signs(lattice: Lattice, place: number): readonly Clause[] {
  const operator = ({ negative: '<', positive: '>' } as const)[lattice.word(place)];
  if (!operator) return [];
  return lattice.columns(place + 1).flatMap(({ column, end, quality }): readonly Clause[] =>
    column.role === 'number'
      ? [
          {
            kind: 'filter',
            filter: { kind: 'compare', column: planColumn(column), operator, value: 0 },
            column,
            start: place,
            end,
            quality,
          },
        ]
      : [],
  );
}

/** `average rating above 7`: a condition on groups. */
function aggregateThenBound(lattice: Lattice, place: number): readonly Clause[] {
  return lattice.roles(place, ...AGGREGATES).flatMap((phrase) =>
    lattice.columns(lattice.skip(phrase.end, 2)).flatMap((link) => {
      if (link.column.role !== 'number') return [];
      return lattice.after(link.end).flatMap((next) =>
        boundsAt(lattice, next)
          .filter(({ upTo }) => upTo === undefined)
          .map(({ operator, amount, end }): Clause => {
            const value = amountFor(link.column, amount);
            const aggregate = phrase.role as (typeof AGGREGATES)[number];
            return {
              kind: 'having',
              aggregate,
              column: link.column,
              operator,
              value,
              start: place,
              end,
              quality: link.quality,
            };
          }),
      );
    }),
  );
}

/** A comparison with a number: `at least 5`, `5 or more`, `between 5 and 7`. */
function boundsAt(lattice: Lattice, place: number): readonly Bound[] {
  const found: Bound[] = [];
  for (const { role, end } of lattice.roles(place, 'gt', 'gte', 'lt', 'lte', 'eq', 'between')) {
    if (role === 'between') found.push(...between(lattice, end));
    else {
      const plain = numberAfter(lattice, end, OPERATORS[role]!);
      found.push(...plain, ...plain.flatMap((bound) => withoutUnit(bound)));
    }
  }
  const amount = lattice.amount(place);
  if (amount) {
    for (const { role, end } of lattice.roles(amount.end, 'gte', 'lte')) {
      if (lattice.word(amount.end) === 'or' || lattice.word(amount.end) === 'and') {
        found.push({ operator: OPERATORS[role]!, amount, end });
      }
    }
  }
  return found;
}

/** `15 miles per gallon`: what looks like a unit may begin the name of a column. */
function withoutUnit(bound: Bound): readonly Bound[] {
  const { amount } = bound;
  return amount.unit === undefined || bound.end !== amount.end || /^[$€£]$/.test(amount.unit)
    ? []
    : [{ ...bound, amount: { ...amount, unit: undefined }, end: bound.end - 1 }];
}

function between(lattice: Lattice, place: number): readonly Bound[] {
  const low = lattice.amount(lattice.word(place) === 'the' ? place + 1 : place);
  const link = low && lattice.roles(low.end, 'to')[0];
  const high = link && lattice.amount(link.end);
  if (!low || !high) return [];
  const value =
    isScaled(lattice, high) && !isScaled(lattice, low) && low.value < 1000
      ? low.value * scaleOf(lattice, high)
      : low.value;
  return [{ operator: '>=', amount: { ...low, value, unit: low.unit ?? high.unit }, upTo: high, end: high.end }];
}

/** `between 5 and 10 million`: both are millions. */
function isScaled(lattice: Lattice, amount: Amount): boolean {
  return scaleOf(lattice, amount) > 1;
}

function scaleOf(lattice: Lattice, { end, unit }: Amount): number {
  return scaleNamed(lattice.word(unit === undefined ? end - 1 : end - 2)) ?? 1;
}

function numberAfter(lattice: Lattice, place: number, operator: Comparison): readonly Bound[] {
  const amount = lattice.amount(
    ['the', 'a', 'of', 'about'].includes(lattice.word(place)) && !lattice.amount(place) ? place + 1 : place,
  );
  return amount ? [{ operator, amount, end: amount.end }] : [];
}

/** `class 3`, `latitude is 60`. A year in four digits is rather a time. */
function plainNumber(lattice: Lattice, start: number, place: number): readonly Bound[] {
  for (let between = start; between < place; between += 1) if (!EQUALS.has(lattice.word(between))) return [];
  const amount = lattice.amount(place);
  const upTo = amount && lattice.word(amount.end) === 'to' ? lattice.amount(amount.end + 1) : undefined;
  if (amount && upTo) return [{ operator: '>=', amount, upTo, end: upTo.end }];
  return amount && lattice.tokens[place]?.kind !== 'comma' ? [{ operator: '=', amount, end: amount.end }] : [];
}

function comparison(column: ColumnInfo, bound: Bound, start: number, end: number, quality: number): Clause {
  const value = amountFor(column, bound.amount);
  const target = planColumn(column);
  const upTo = bound.upTo && amountFor(column, { ...bound.upTo, unit: bound.upTo.unit ?? bound.amount.unit });
  const filter: Filter =
    upTo === undefined
      ? { kind: 'compare', column: target, operator: bound.operator, value }
      : { kind: 'between', column: target, from: value, to: upTo, negated: false };
  const converted = value !== bound.amount.value;
  const note = converted
    ? `I converted ${bound.amount.value} ${bound.amount.unit} to ${value}${column.unit ? ` ${column.unit}` : ''}.`
    : undefined;
  // An hour is no number as long as nobody says whether the column counts minutes.
  const isUnknown = isTime(bound.amount.unit) && column.unit === undefined;
  return { kind: 'filter', filter, column, start, end, quality: isUnknown ? quality * 0.5 : quality, note };
}

/** The amount as the column writes it: in its unit, and `5 %` as 0.05 where it holds fractions of one. */
function amountFor({ unit, profile }: ColumnInfo, amount: Amount): number {
  const isFraction = isPercent(amount.unit) && !isPercent(unit) && Math.abs(Number(profile.max)) <= 1;
  return isFraction ? Number((amount.value / 100).toPrecision(12)) : convertUnit(amount.value, amount.unit, unit);
}

function conditionOf({ operator, amount, upTo, end }: Bound, start: number): Clause {
  return {
    kind: 'condition',
    operator,
    value: amount.value,
    ...(upTo ? { upTo: upTo.value } : {}),
    start,
    end,
    quality: 0.8,
  };
}

/** `younger than` compares ages, never amounts. */
const AGES = new Set(['older', 'younger']);

function isAge({ role, words }: ColumnInfo): boolean {
  return role === 'year' || words.some(({ word }) => /^(?:age|ages|old|years|yrs)$/.test(word));
}

function isComparable({ role }: ColumnInfo): boolean {
  return role === 'number' || role === 'year';
}
