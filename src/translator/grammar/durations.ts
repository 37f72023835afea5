import type { Filter } from '../plan.js';
import type { ColumnInfo } from '../schema/columns.js';
import { areSameUnit, convertUnit, isTime } from '../text/units.js';
import { type Clause, planColumn } from './clause.js';
import { DOING, meant, measure } from './idiom-parts.js';
import type { Lattice } from './lattice.js';
import { endOfUnknown } from './unfinished.js';

/** Ways to speak of how long something took. */
export function durationIdioms(lattice: Lattice, place: number): readonly Clause[] {
  return [
    ...howLong(lattice, place),
    ...daysTaken(lattice, place),
    ...ahead(lattice, place),
    ...timeSpent(lattice, place),
    ...lasting(lattice, place),
    ...lastingBound(lattice, place),
    ...waiting(lattice, place),
  ];
}

/** `how long do people stay`: the average of the column that tells it, else of the days between two dates. */
function howLong(lattice: Lattice, place: number): readonly Clause[] {
  const isAsked = lattice.word(place) === 'how' && /^(?:long|quickly|fast|soon)$/.test(lattice.word(place + 1));
  if (!isAsked || !(DOING.has(lattice.word(place + 2)) || BEING.has(lattice.word(place + 2)))) return [];
  if (
    lattice.word(place + 1) === 'fast' &&
    lattice.ownColumns.some(({ unit }) => /^(?:kmh|kph|mph|knots)$/.test(unit ?? ''))
  )
    return [];
  const { durations, spans } = lattice.scope.main.everyday;
  const named = namedSpans(lattice, place + 2, spans);
  const stored = named.length === 1 ? named : meant(lattice, place + 2, durations);
  const columns = stored.length > 0 ? stored : meant(lattice, place + 2, spans);
  return columns.map((column) => measure('avg', column, place, place + 2));
}

const BEING = new Set(['are', 'is', 'were', 'was']);

/** `How long do we take to finish a job?`: until the date that the verb names. */
function namedSpans(lattice: Lattice, from: number, spans: readonly ColumnInfo[]): readonly ColumnInfo[] {
  const verbs = lattice.tokens.flatMap((_, at) => {
    const follows = at > from && lattice.word(at - 1) === 'to';
    return follows ? lattice.columns(at).filter(({ column, quality }) => column.role === 'date' && quality >= 0.6) : [];
  });
  const named = spans.filter(({ elapsed }) => verbs.some(({ column }) => column.name === elapsed?.[1]));
  const fromMain = named.filter(({ elapsed }) => elapsed?.[0] === lattice.scope.main.dates[0]?.name);
  return fromMain.length > 0 ? fromMain : named;
}

const LASTING = new Set(
  'take takes took taken last lasts lasted run runs ran stay stays stayed wait waits waited need needed go went'.split(
    ' ',
  ),
);

/** `lasted more than two hours`, `took over 30 minutes`: of the only column that tells how long. */
function lastingBound(lattice: Lattice, place: number): readonly Clause[] {
  if (!LASTING.has(lattice.word(place))) return [];
  const { durations } = lattice.scope.main.everyday;
  return lattice.after(place + 1, 1).flatMap((next) =>
    timeBounds(lattice, next).flatMap(({ filterOn, end }) =>
      durations.map((column): Clause => ({
        kind: 'filter',
        filter: filterOn(column),
        column,
        start: place,
        end,
        quality: 0.9,
      })),
    ),
  );
}

function timeBounds(lattice: Lattice, place: number) {
  return lattice.roles(place, 'gt', 'gte', 'lt', 'lte').flatMap(({ role, end }) => {
    const amount = lattice.amount(end);
    if (!amount?.unit || !isTime(amount.unit)) return [];
    const operator = ({ gt: '>', gte: '>=', lt: '<', lte: '<=' } as const)[role as 'gt' | 'gte' | 'lt' | 'lte'];
    const filterOn = (column: ColumnInfo): Filter => ({
      kind: 'compare',
      column: planColumn(column),
      operator,
      value: convertUnit(amount.value, amount.unit, column.unit),
    });
    return [{ filterOn, end: amount.end }];
  });
}

/** `how many days do people take to pay`: from the main date of a row to the one that is named. */
function daysTaken(lattice: Lattice, place: number): readonly Clause[] {
  const { durations, spans } = lattice.scope.main.everyday;
  return lattice.roles(place, 'ask-count').flatMap(({ end }): readonly Clause[] => {
    const unit = lattice.word(end);
    const takes = lattice.tokens.some(
      ({ lower }, at) =>
        at > end &&
        /^(?:takes?|took|taken|pass(?:es|ed)?|need(?:s|ed)?|keeps?|kept|stays?|stayed|waits?|waited)$/.test(lower),
    );
    if (!takes) return [];
    const stored = meant(
      lattice,
      end,
      durations.filter((column) => areSameUnit(unit, column.unit ?? '')),
    );
    const fitting = spans
      .filter((column) => areSameUnit(unit, column.unit ?? '') || unit === 'days')
      .map((column) => inUnit(column, unit));
    const columns = stored.length > 0 ? stored : meant(lattice, end, fitting);
    return columns.map((column) => measure('avg', column, place, end + 1));
  });
}

/** Hours between two times as days, where days are asked for. */
function inUnit(column: ColumnInfo, unit: string): ColumnInfo {
  if (unit !== 'days' || !column.elapsed?.[2]) return column;
  const [from, to] = column.elapsed;
  return { ...column, name: `days_to_${to}`, unit: 'days', elapsed: [from, to] };
}

/** `how far ahead`, `how long before`: a column of notice, else the days between two dates. */
function ahead(lattice: Lattice, place: number): readonly Clause[] {
  const text = lattice.tokens
    .slice(place, place + 6)
    .map(({ lower }) => lower)
    .join(' ');
  const words = /^how (?:far|long|early|many days) (?:ahead(?: of time)?|in advance|beforehand)/.exec(text)?.[0];
  if (!words) return [];
  const { durations, spans } = lattice.scope.main.everyday;
  const notice = durations.filter(({ words: named }) =>
    named.some(({ word }) => /^(?:lead|advance|notice|ahead)$/.test(word)),
  );
  const columns = notice.length > 0 ? notice : meant(lattice, place + 2, spans);
  return columns.map((column) => measure('avg', column, place, place + words.split(' ').length));
}

/** `the most time`, `our time` where a column tells how long. */
function timeSpent(lattice: Lattice, place: number): readonly Clause[] {
  if (lattice.word(place) !== 'time' || !/^(?:most|much|more|less|least|our)$/.test(lattice.word(place - 1))) return [];
  return lattice.scope.main.everyday.durations.map((column) => ({
    kind: 'noun', noun: { type: 'column', column, namesHead: true }, start: place, end: place + 1, quality: 0.85,
  })); // prettier-ignore
}

const WAITING = /^(?:wait|stay|keep|away|out|here|there|open|off)$/;

/** `how long do residents wait`, `how long are paintings away`: the verb says nothing more, unless a column tells of it. */
function waiting(lattice: Lattice, place: number): readonly Clause[] {
  if (!WAITING.test(lattice.word(place)) || lattice.word(0) !== 'how' || lattice.word(1) !== 'long') return [];
  if (lattice.columns(place).length > 0) return [];
  const rest = lattice.word(place + 1) === 'for' ? endOfUnknown(lattice, place + 1) : undefined;
  const ends = [place + 1, ...(rest === undefined ? [] : [rest])];
  return ends.map((end) => ({ kind: 'mark', role: 'filler', start: place, end, quality: 0.8 }));
}

/** `how long does a visit last`: the verb says nothing more. */
function lasting(lattice: Lattice, place: number): readonly Clause[] {
  const closes = place === lattice.length - 1 && lattice.word(place) === 'last' && lattice.word(0) === 'how';
  return closes ? [{ kind: 'mark', role: 'filler', start: place, end: place + 1, quality: 0.9 }] : [];
}
