import { denies, isOngoing, isUndone } from '../lexicon/antonyms.js';
import type { ValueLink } from '../linking/links.js';
import type { Filter } from '../plan.js';
import { namesKind } from '../lexicon/asked-kinds.js';
import { wordMatch } from '../linking/word-match.js';
import type { ColumnInfo, SchemaWord } from '../schema/columns.js';
import { booleanFilter, type Clause, planColumn } from './clause.js';
import type { Lattice } from './lattice.js';

/** Stored texts that limit their column: `Porto`, `Porto or Lisbon`, `status delivered`, `the Dream island`. */
export function values(lattice: Lattice, place: number): readonly Clause[] {
  const lists = valueLists(lattice, place);
  const named = lists.flatMap((list) => {
    const next = lattice.columns(list.end).filter(({ column }) => column === list.column);
    return next.map((link) =>
      valueClause({ ...list, end: link.end, quality: Math.min(1, list.quality + 0.02) }, place),
    );
  });
  return [
    ...lists.map((list) => ({ ...valueClause(list, place), isMass: !lattice.word(list.end - 1).endsWith('s') })),
    ...named,
    ...columnThenValue(lattice, place),
    ...roleThenValue(lattice, place),
  ];
}

/** A column that is named less surely than this only claims the words right after it. */
const SURE = 0.8;

type ValueList = Pick<ValueLink, 'column' | 'values' | 'contains' | 'start' | 'end' | 'quality'> & {
  readonly compares?: boolean;
};

/** One value, and the lists of values of its column that begin with it. */
function valueLists(lattice: Lattice, place: number): readonly ValueList[] {
  return lattice.values(place).flatMap((first) => [first, ...longerLists(lattice, first)]);
}

function longerLists(lattice: Lattice, list: ValueList): readonly ValueList[] {
  if (list.contains) return [];
  const next = conjoined(lattice, list.end)
    .flatMap((after) => lattice.values(after))
    .find((link) => link.column === list.column && !link.contains);
  if (!next) return [];
  const longer: ValueList = {
    ...list,
    values: [...list.values, ...next.values],
    end: next.end,
    quality: Math.min(list.quality, next.quality),
    compares: list.compares || lattice.roles(list.end, 'compare', 'than').length > 0,
  };
  return [longer, ...longerLists(lattice, longer)];
}

/** Places after `and`, `or`, `,`. */
function conjoined(lattice: Lattice, place: number): readonly number[] {
  const comma = lattice.tokens[place]?.kind === 'comma' ? place + 1 : place;
  const ends = lattice.roles(comma, 'and', 'or', 'than').map(({ end }) => end);
  const versus = lattice.roles(comma, 'compare').map(({ end }) => end);
  return [...ends, ...versus, ...(comma > place ? [comma] : [])].flatMap((end) => [end, lattice.skip(end, 1)]);
}

function columnThenValue(lattice: Lattice, place: number): readonly Clause[] {
  return lattice.columns(place).flatMap((link) =>
    lattice.after(link.end, link.quality < SURE ? 1 : 3).flatMap((next) =>
      valueLists(lattice, next)
        .filter(({ column }) => column === link.column)
        .map((list) => valueClause({ ...list, quality: (list.quality + link.quality) / 2 }, place)),
    ),
  );
}

const FROM = new Set('origin source from departure start begin sender pickup'.split(' '));
const TO = new Set('destination target to arrival dest end receiver dropoff'.split(' '));

/** `from ATL`, `to JFK` where two columns of a table hold the same kind of values. */
function roleThenValue(lattice: Lattice, place: number): readonly Clause[] {
  const words = { from: FROM, leaving: FROM, departing: FROM, to: TO, into: TO, towards: TO }[lattice.word(place)];
  if (!words) return [];
  return lattice
    .after(place + 1, 1)
    .flatMap((next) => valueLists(lattice, next))
    .filter(({ column }) => column.words.some(({ word }) => words.has(word)))
    .map((list) => valueClause(list, place));
}

function valueClause(
  { column, values: held, contains, end, quality, compares = false }: ValueList,
  start: number,
): Clause {
  const target = planColumn(column);
  const filter: Filter = contains
    ? { kind: 'text', column: target, match: 'contains', text: contains, negated: false }
    : { kind: 'values', column: target, values: held, negated: false };
  const note = contains ? `I took every ${column.name} that contains "${contains}".` : undefined;
  return column.truth
    ? {
        kind: 'filter',
        filter: booleanFilter(column, held[0] === column.truth.yes),
        column,
        start,
        end,
        quality: quality * 0.8,
      }
    : { kind: 'filter', filter, column, start, end, quality, note, compares };
}

/** What is said of one column without a number: yes or no, missing or present, a part of its text. */
export function properties(lattice: Lattice, place: number): readonly Clause[] {
  return [
    ...booleans(lattice, place),
    ...denials(lattice, place),
    ...newcomers(lattice, place),
    ...missing(lattice, place),
    ...partsOfText(lattice, place),
  ];
}

/** `new clients` where a column says whether it was the first visit. */
function newcomers(lattice: Lattice, place: number): readonly Clause[] {
  if (lattice.word(place) !== 'new' || lattice.values(place).length > 0) return [];
  const first = lattice.ownColumns.filter(
    ({ role, words }) => role === 'boolean' && /^(?:first|new)$/.test(words[0]!.word),
  );
  const isPerson = lattice.roles(place + 1, 'person').length > 0 || namesKind(lattice.word(place + 1), 'other');
  return isPerson && first.length === 1
    ? first.map((column) => ({
        kind: 'filter',
        filter: booleanFilter(column, true),
        column,
        start: place,
        end: place + 1,
        quality: 0.9,
      }))
    : [];
}

/** `died` where a column says who survived, `unpaid` where one says what was paid. */
function denials(lattice: Lattice, place: number): readonly Clause[] {
  return lattice.booleanColumns.flatMap((column): readonly Clause[] => {
    if (!column.words.some((word) => denies(lattice.word(place), word.root))) return [];
    return [
      { kind: 'filter', filter: booleanFilter(column, false), column, start: place, end: place + 1, quality: 0.9 },
    ];
  });
}

function booleans(lattice: Lattice, place: number): readonly Clause[] {
  return lattice.columns(place).flatMap((link) => {
    const { column, quality, end } = link;
    if (column.role !== 'boolean') return [];
    const filter = (value: boolean, to: number): Clause => ({
      kind: 'filter',
      filter: booleanFilter(column, value),
      column,
      start: place,
      end: to,
      quality,
    });
    const told = lattice.word(lattice.skip(end, 2));
    const truth = { yes: true, true: true, no: false, false: false }[told];
    return truth === undefined ? [filter(true, end)] : [filter(true, end), filter(truth, lattice.skip(end, 2) + 1)];
  });
}

const HOLDING = new Set(['have', 'has', 'had', 'having', 'with', 'use', 'used', 'uses', 'using']);
const GIVEN = new Set(
  'given give gave got get had have set filled entered left used use provided recorded assigned'.split(' '),
);

function missing(lattice: Lattice, place: number): readonly Clause[] {
  const isNull = (column: ColumnInfo, end: number, quality: number, negated = false): Clause => ({
    kind: 'filter',
    filter: { kind: 'null', column: planColumn(column), negated },
    column,
    start: place,
    end,
    quality,
  });
  /** `orders without status` is a fair question where every order has one: there are none. */
  const canBeMissing = (column: ColumnInfo) =>
    column.role !== 'boolean' && column.table === lattice.scope.main && !countsFromNone(column);
  const nullable = ({ role, profile, unique }: ColumnInfo) => role !== 'boolean' && profile.nullable && !unique;
  const isOut = lattice.word(place) === 'out';
  const notGiven = lattice.roles(place, 'not').filter(({ end }) => GIVEN.has(lattice.word(end)));
  const withoutIt = isOut ? [] : [...lattice.roles(place, 'without', 'null'), ...notGiven];
  const before = withoutIt.flatMap((phrase) =>
    lattice.after(phrase.end, 2).flatMap((next) =>
      lattice
        .columns(next)
        .filter(({ column }) => (phrase.role === 'not' ? nullable(column) : canBeMissing(column)))
        .flatMap((link) => {
          const closing = lattice.roles(link.end, 'null')[0]?.end;
          const whole =
            closing ??
            (['recorded', 'given', 'listed', 'set', 'known'].includes(lattice.word(link.end))
              ? link.end + 1
              : link.end);
          return [isNull(link.column, whole, link.quality)];
        }),
    ),
  );
  const after = lattice
    .columns(place)
    .filter(({ column }) => canBeMissing(column))
    .flatMap((link) =>
      lattice
        .after(link.end, 2)
        .flatMap((next) => lattice.roles(next, 'null').map(({ end }) => isNull(link.column, end, link.quality))),
    );
  const present = HOLDING.has(lattice.word(place))
    ? lattice
        .columns(lattice.skip(place + 1, 2))
        .filter(({ column }) => nullable(column))
        .map((link) => isNull(link.column, link.end, link.quality * 0.9, true))
    : [];
  const none = lattice.roles(place, 'without', 'not').flatMap((phrase) =>
    lattice.after(phrase.end, 2).flatMap((next) => lattice.columns(next)).filter(({ column }) => countsFromNone(column)).map((link): Clause => ({
      kind: 'filter', filter: { kind: 'compare', column: planColumn(link.column), operator: '=', value: 0 },
      column: link.column, start: place, end: link.end, quality: link.quality + 0.02,
    }))); // prettier-ignore
  const some = ['with', 'having'].includes(lattice.word(place))
    ? lattice.columns(lattice.skip(place + 1, 1)).filter(({ column }) => countsFromNone(column)).map((link): Clause => ({
        kind: 'filter', filter: { kind: 'compare', column: planColumn(link.column), operator: '>', value: 0 },
        column: link.column, start: place, end: link.end, quality: link.quality + 0.02,
      }))
    : []; // prettier-ignore
  const emptied = lattice.word(place) === 'out' && lattice.word(place + 1) === 'of'
    ? lattice.columns(place + 2).filter(({ column }) => column.role === 'number').map((link): Clause => ({
        kind: 'filter', filter: { kind: 'compare', column: planColumn(link.column), operator: '=', value: 0 },
        column: link.column, start: place, end: link.end, quality: link.quality,
      }))
    : []; // prettier-ignore
  const undone = lattice.ownColumns
    .filter((column) => nullable(column) && column.words.some((word) => isUndone(lattice.word(place), word.root)))
    .map((column) => isNull(column, place + 1, 0.9));
  const ongoing = lattice.ownColumns
    .filter((column) => column.role === 'date' && nullable(column))
    .filter(({ words }) => words.some((word) => isOngoing(lattice.word(place), word.root)))
    .map((column) => isNull(column, place + 1, 0.85));
  const reasoned = lattice.ownColumns
    .filter(
      (column) => column.role === 'text' && nullable(column) && /^(?:reason|cause)$/.test(column.words.at(-1)!.word),
    )
    .filter(({ words }) => words.slice(0, -1).some((word) => tellsEvent(lattice, place, word)))
    .map((column) => isNull(column, place + 1, 0.85, true));
  return [...before, ...after, ...present, ...reasoned, ...none, ...some, ...emptied, ...undone, ...ongoing];
}

/** `rejected` of a `rejection_reason`: whoever has a reason was. */
function tellsEvent(lattice: Lattice, place: number, word: SchemaWord): boolean {
  return /(?:ed|en)$/.test(lattice.word(place)) && wordMatch(lattice.tokens[place]!, word) >= 0.7;
}

/** Whether a column counts things of which a row may have none: `children`. */
function countsFromNone({ role, type, intensive, profile }: ColumnInfo): boolean {
  return role === 'number' && type === 'bigint' && !intensive && Number(profile.min) === 0 && !profile.nullable;
}

/** `names starting with A`, `title contains "war"`. Without a column the one that names the rows is meant. */
function partsOfText(lattice: Lattice, place: number): readonly Clause[] {
  const at = (from: number, column: ColumnInfo | undefined, quality: number): readonly Clause[] =>
    lattice.roles(from, 'starts', 'ends', 'contains').flatMap((phrase) => {
      const text = lattice.tokens[phrase.end];
      if (!column || column.role !== 'text' || !text || text.kind === 'comma') return [];
      const isTelling =
        text.kind === 'quoted' ||
        text.text.length <= 2 ||
        phrase.role !== 'contains' ||
        /word/.test(lattice.word(phrase.end - 1));
      const match = phrase.role as 'starts' | 'ends' | 'contains';
      const filter: Filter = { kind: 'text', column: planColumn(column), match, text: text.lower, negated: false };
      return isTelling ? [{ kind: 'filter', filter, column, start: place, end: phrase.end + 1, quality } as const] : [];
    });
  const named = lattice
    .columns(place)
    .flatMap((link) => lattice.after(link.end, 2).flatMap((next) => at(next, link.column, link.quality)));
  return [...named, ...at(place, lattice.scope.main.labels[0], 0.85)];
}

/** The same filter the other way round; undefined for filters that have no opposite of their own. */
export function negated(filter: Filter): Filter | undefined {
  switch (filter.kind) {
    case 'values':
    case 'text':
    case 'null':
    case 'time':
    case 'calendar':
    case 'between':
    case 'related':
      return { ...filter, negated: !filter.negated };
    case 'boolean':
      return { ...filter, value: !filter.value };
    case 'compare':
      return {
        ...filter,
        operator: ({ '>': '<=', '>=': '<', '<': '>=', '<=': '>', '=': '<>', '<>': '=' } as const)[filter.operator],
      };
    case 'average':
    case 'columns':
    case 'any':
      return undefined;
  }
}
