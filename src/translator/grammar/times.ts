import type { Filter } from '../plan.js';
import type { ColumnInfo } from '../schema/columns.js';
import type { TimeFound } from '../text/dates.js';
import { readHours } from '../text/hours.js';
import { type Clause, planColumn } from './clause.js';
import type { Lattice } from './lattice.js';

interface Span {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly label: string;
}

/** `shipped in March`: the verb says which date is meant, even where it is a stored value as well. */
const ADJACENT = 1.08;

/** A column that the words hardly name is not meant just because a time stands beside it. */
const NAMED = 0.72;

function nearness(quality: number, adjacent: boolean): number {
  if (quality < NAMED) return quality;
  return adjacent ? ADJACENT : Math.max(quality, 0.9);
}

const LONGEST_HOURS = 8;

interface Meant {
  readonly end: number;
  readonly on: (column: ColumnInfo) => Filter | undefined;
  /** Whether two times are compared rather than both meant. */
  readonly compares?: boolean;
}

/** Times, with or without the column that they limit: `in March 2024`, `shipped before 2023`, `between 2019 and 2021`. */
export function times(lattice: Lattice, place: number): readonly Clause[] {
  const bare = timesAt(lattice, place).map(({ on, end, compares = false }): Clause => ({
    kind: 'time',
    on,
    compares,
    start: place,
    end,
    quality: 1,
  }));
  const placed = lattice.columns(place).flatMap((link) => {
    const { column } = link;
    if (column.role !== 'date' && column.role !== 'year') return [];
    return lattice.after(link.end, 3).flatMap((next) =>
      timesAt(lattice, next).flatMap(({ on, end }): readonly Clause[] => {
        const filter = on(column);
        return filter
          ? [
              {
                kind: 'filter',
                filter,
                column,
                start: place,
                end,
                quality: nearness(link.quality, next === link.end),
              },
            ]
          : [];
      }),
    );
  });
  return [...bare, ...placed];
}

function timesAt(lattice: Lattice, place: number): readonly Meant[] {
  return [
    ...spans(lattice, place),
    ...ranges(lattice, place),
    ...several(lattice, place),
    ...hoursOfDay(lattice, place),
  ];
}

/** `after 6pm`, `in the morning`: of a column that tells the time of day. */
function hoursOfDay(lattice: Lattice, place: number): readonly Meant[] {
  const words = lattice.tokens.slice(place, place + LONGEST_HOURS).map(({ lower }) => lower);
  const found = readHours(words);
  const last = found ? place + found.length - 1 : place;
  if (!found || lattice.values(last).length > 0) return [];
  const { hours: values, label } = found;
  const on = (column: ColumnInfo): Filter | undefined =>
    column.role === 'date' && column.type !== 'date'
      ? { kind: 'calendar', column: planColumn(column), part: 'hour', values, label, negated: false }
      : undefined;
  return [{ end: last + 1, on }];
}

function spans(lattice: Lattice, place: number): readonly Meant[] {
  const plain = lattice.time(place);
  const found: Meant[] = plain ? [meant(plain, plain.end, within)] : [];
  for (const { role, end } of lattice.roles(place, 'in', 'since', 'before', 'after', 'until')) {
    const time = [...lattice.after(end, 2)].map((next) => lattice.time(next)).find(Boolean);
    if (!time) continue;
    if (role === 'since' && lattice.word(place) === 'from' && time.label.endsWith('s')) continue;
    if (role === 'in') found.push(meant(time, time.end, within));
    else found.push(meant(time, time.end, (span) => openEnded(role, span)));
  }
  const orLater =
    plain &&
    ['or later', 'or after', 'onwards', 'or newer', 'onward'].find((words) =>
      words.split(' ').every((word, index) => lattice.word(plain.end + index) === word),
    );
  if (plain && orLater)
    found.push(meant(plain, plain.end + orLater.split(' ').length, (span) => openEnded('since', span)));
  return found;
}

function openEnded(role: string, { from, to, label }: Required<Span>): Span {
  if (role === 'since') return { from, label: `since ${label}` };
  if (role === 'before') return { to: from, label: `before ${label}` };
  if (role === 'after') return { from: to, label: `after ${label}` };
  return { to, label: `until ${label}` };
}

const within = (span: Required<Span>): Span => span;

/** `between March 1996 and June 1997`, `from 2019 to 2021`, `2019 to 2021`. */
function ranges(lattice: Lattice, place: number): readonly Meant[] {
  const opening = [...lattice.roles(place, 'between', 'in').map(({ end }) => end), place];
  return opening.flatMap((start) => {
    const first = lattice.time(start);
    if (!first) return [];
    return lattice.roles(first.end, 'to').flatMap(({ end }) => {
      if (lattice.word(first.end) === 'and' && lattice.roles(place, 'between').length === 0) return [];
      const last = lattice.time(end) ?? lattice.time(end + 1);
      if (last?.kind === 'part' && first.kind === 'part' && first.part === last.part) return partRange(first, last);
      const begun = first.kind === 'part' && last?.kind === 'span' ? sameYear(first, last) : first;
      if (!last || begun.kind !== 'span' || last.kind !== 'span') return [];
      const span = { from: begun.from, to: last.to, label: `${first.label} to ${last.label}` };
      return [{ end: last.end, on: (column: ColumnInfo) => spanFilter(column, span) }];
    });
  });
}

/** `in 2021 and 2022`: either of them. */
function several(lattice: Lattice, place: number): readonly Meant[] {
  const opening = [...lattice.roles(place, 'in').map(({ end }) => end), place];
  return opening.flatMap((start) => {
    const first = lattice.time(start);
    const link = first && lattice.roles(first.end, 'and', 'or', 'compare')[0];
    const compares = link?.role === 'compare';
    const next = link && (lattice.time(link.end) ?? lattice.time(link.end + 1));
    if (!first || !next || first.kind !== 'span' || next.kind !== 'span') return [];
    const on = (column: ColumnInfo): Filter | undefined => {
      const filters = [spanFilter(column, first), spanFilter(column, next)].filter((filter) => filter !== undefined);
      return filters.length === 2 ? { kind: 'any', filters } : undefined;
    };
    return [{ end: next.end, on, compares }];
  });
}

function partRange(
  first: TimeFound & { kind: 'part' },
  last: TimeFound & { kind: 'part'; end: number },
): readonly Meant[] {
  const [from, to] = [first.values[0]!, last.values[0]!];
  const values = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
  if (values.length === 0) return [];
  return [
    {
      end: last.end,
      on: (column) => partFilter(column, { ...first, values, label: `${first.label} to ${last.label}` }),
    },
  ];
}

/** `from March to June 2024`: both in that year. */
function sameYear(first: TimeFound & { kind: 'part' }, last: TimeFound & { kind: 'span' }): TimeFound {
  if (first.part !== 'month') return first;
  const month = String(first.values[0]).padStart(2, '0');
  return {
    kind: 'span',
    from: `${last.from.slice(0, 4)}-${month}-01`,
    to: last.to,
    label: first.label,
    length: first.length,
  };
}

function meant(time: TimeFound, end: number, change: (span: Required<Span>) => Span): Meant {
  if (time.kind === 'part') return { end, on: (column) => partFilter(column, time) };
  const span = change({ from: time.from, to: time.to, label: time.label });
  return { end, on: (column) => spanFilter(column, span) };
}

function partFilter(column: ColumnInfo, { part, values, label }: TimeFound & { kind: 'part' }): Filter | undefined {
  if (column.role !== 'date') return undefined;
  return { kind: 'calendar', column: planColumn(column), part, values, label, negated: false };
}

function spanFilter(column: ColumnInfo, span: Span): Filter | undefined {
  const target = planColumn(column);
  const { label } = span;
  if (column.role === 'date')
    return { kind: 'time', column: target, from: span.from, to: span.to, label, negated: false };
  if (column.role !== 'year' || ![span.from, span.to].every((date) => date === undefined || date.endsWith('-01-01')))
    return undefined;
  const from = span.from === undefined ? undefined : Number(span.from.slice(0, 4));
  const to = span.to === undefined ? undefined : Number(span.to.slice(0, 4)) - 1;
  if (from === to && from !== undefined) return { kind: 'compare', column: target, operator: '=', value: from };
  if (from !== undefined && to !== undefined) return { kind: 'between', column: target, from, to, negated: false };
  return from === undefined
    ? { kind: 'compare', column: target, operator: '<=', value: to! }
    : { kind: 'compare', column: target, operator: '>=', value: from };
}
