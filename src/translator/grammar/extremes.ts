import type { AdjectiveForm } from '../lexicon/adjectives.js';
import { endNamed } from '../lexicon/ends.js';
import type { ColumnInfo } from '../schema/columns.js';
import type { Clause, ClauseOf } from './clause.js';
import type { Lattice } from './lattice.js';

type Extreme = Omit<
  ClauseOf<'extreme'>,
  'kind' | 'start' | 'end' | 'quality' | 'column' | 'unplaced' | 'adjective' | 'comparative' | 'judges' | 'predicate'
>;

const HIGHER = new Set(['more', 'higher', 'greater', 'larger', 'bigger', 'better']);
const COMPARATIVES = new Set([...HIGHER, 'fewer', 'less', 'lower', 'smaller', 'worse']);
/** First concepts of adjectives that go with any amount: good, big, high. */
const GENERIC = new Set(['rating', 'size', 'elevation', 'height']);
const AMOUNTS = new Set(['most', 'least', 'fewest', 'of']);

/** Ends of an order: `top 5`, `the 3 cheapest`, `second highest`, `most expensive`, `oldest`. */
export function extremes(lattice: Lattice, place: number): readonly Clause[] {
  const ordinal = lattice.ordinal(place);
  const counted = lattice.amount(place);
  return [
    ...superlatives(lattice, place, place, { limit: 1, offset: 0, counted: false, amount: false }),
    ...(ordinal && ordinal.value > 1
      ? lattice
          .after(ordinal.end, 1)
          .flatMap((next) =>
            superlatives(lattice, place, next, { limit: 1, offset: ordinal.value - 1, counted: true, amount: false }),
          )
      : []),
    ...(counted && counted.unit === undefined && Number.isInteger(counted.value)
      ? superlatives(lattice, place, counted.end, { limit: counted.value, offset: 0, counted: true, amount: false })
      : []),
    ...topN(lattice, place),
  ];
}

/** `top 5`, `bottom three`, `first 10`, and `top 5 cheapest`. */
function topN(lattice: Lattice, place: number): readonly Clause[] {
  return lattice.roles(place, 'top', 'bottom').flatMap(({ role, end }) => {
    const amount = lattice.amount(end);
    if (!amount || amount.unit !== undefined || amount.value > 1000 || amount.value < 1) {
      const open = lattice.word(place) === 'top' || lattice.word(place) === 'bottom';
      const extreme = { high: role === 'top', limit: 10, offset: 0, counted: false, amount: false };
      return open ? [{ kind: 'extreme', ...extreme, start: place, end, quality: 0.9 } as const] : [];
    }
    const limits = { limit: amount.value, offset: 0, counted: true, amount: false };
    const plain: Clause = {
      kind: 'extreme',
      high: role === 'top',
      ...limits,
      start: place,
      end: amount.end,
      quality: 1,
    };
    return [plain, ...superlatives(lattice, place, amount.end, limits)];
  });
}

function superlatives(
  lattice: Lattice,
  start: number,
  place: number,
  limits: Omit<Extreme, 'high'>,
): readonly Clause[] {
  const generic = lattice.roles(place, 'most', 'least').map(({ role, end }): Clause => {
    const amount = AMOUNTS.has(lattice.word(end - 1));
    return { kind: 'extreme', high: role === 'most', ...limits, amount, start, end, quality: 1 };
  });
  const comparative =
    COMPARATIVES.has(lattice.word(place)) &&
    !lattice.amount(place + 1) &&
    (lattice.word(place + 1) !== 'than' || lattice.values(lattice.skip(place + 2, 1)).length > 0);
  if (comparative) {
    generic.push({
      kind: 'extreme',
      high: HIGHER.has(lattice.word(place)),
      ...limits,
      amount: true,
      comparative: true,
      start,
      end: place + 1,
      quality: 0.8,
    });
  }
  const inflected = lattice.adjectives(place).filter(({ degree }) => degree === 'superlative');
  const comparesSides =
    lattice.word(place + 1) === 'than' && lattice.after(place + 2, 2).some((next) => lattice.values(next).length > 0);
  const compared = comparesSides ? lattice.adjectives(place).filter(({ degree }) => degree === 'comparative') : [];
  const analytic = lattice
    .roles(place, 'most', 'least')
    .filter(({ end }) => ['most', 'least'].includes(lattice.word(end - 1)))
    .flatMap(({ role, end }) =>
      lattice
        .adjectives(end)
        .filter(({ degree }) => degree === 'positive')
        .flatMap((adjective) =>
          described(lattice, { ...adjective, high: adjective.high === (role === 'most') }, limits, start, end + 1),
        ),
    );
  return [
    ...generic,
    ...inflected.flatMap((adjective) => described(lattice, adjective, limits, start, place + 1)),
    ...analytic,
    ...compared.flatMap((adjective) =>
      described(lattice, adjective, limits, start, place + 1).map((clause) => ({ ...clause, comparative: true })),
    ),
  ];
}

/** The adjective with the column that it speaks of, or waiting for a column that is named. */
function described(
  lattice: Lattice,
  adjective: AdjectiveForm,
  limits: Omit<Extreme, 'high'>,
  start: number,
  end: number,
): readonly Clause[] {
  const columns = atThisEnd(lattice.columnsOfAdjective(adjective), adjective.high);
  const about = columns.map((column): Clause => {
    const quality = columns.length > 1 ? 0.85 : 0.9;
    const guessed = adjective.concepts[0] === 'rating' && lattice.scope.main.everyday.money.includes(column);
    const high = isHigh(adjective, column);
    return {
      kind: 'extreme',
      high,
      ...limits,
      column,
      guessed,
      predicate: endsClause(lattice, end),
      start,
      end,
      quality,
    };
  });
  const open: Clause = {
    kind: 'extreme',
    high: adjective.high,
    ...limits,
    unplaced: columns.length === 0,
    adjective: !GENERIC.has(adjective.concepts[0]!),
    judges: adjective.concepts[0] === 'rating',
    start,
    end,
    quality: columns.length > 0 ? 0.6 : 0.8,
  };
  return [...about, open];
}

const ENDS_CLAUSE = new Set('in on at for with from to of by during since and or when to'.split(' '));

/** Whether no noun follows: `Who is the quickest?`, but not `Who has the longest beak?` */
function endsClause(lattice: Lattice, place: number): boolean {
  return place >= lattice.length || lattice.tokens[place]!.kind === 'comma' || ENDS_CLAUSE.has(lattice.word(place));
}

/** The hottest day is told by `temp_max`, not by `temp_min`. */
function atThisEnd(columns: readonly ColumnInfo[], high: boolean): readonly ColumnInfo[] {
  const end = high ? 'high' : 'low';
  const fitting = columns.filter(({ words }) => words.some(({ word }) => endNamed(word) === end));
  return fitting.length > 0 ? fitting : columns;
}

/** The oldest has the highest age, but the earliest date. */
function isHigh({ high, dates }: AdjectiveForm, { role }: ColumnInfo): boolean {
  return (role === 'date' || role === 'year') && dates ? dates === 'late' : high;
}
