import { weightOf } from '../lexicon/small-words.js';
import { isVerb } from '../lexicon/verbs.js';
import { booleanFilter, type Clause, planColumn } from './clause.js';
import type { Lattice } from './lattice.js';

/** From here on a word rather names a column, or a value. */
const LINKED = 0.6;
const LONGEST = 6;

/** What is over, and what is not over yet. */
export function unfinished(lattice: Lattice, place: number): readonly Clause[] {
  return [...still(lattice, place), ...notYet(lattice, place), ...noLonger(lattice, place)];
}

/** `no longer sold`, `no longer with us`: over. */
function noLonger(lattice: Lattice, place: number): readonly Clause[] {
  const phrase = [lattice.word(place), lattice.word(place + 1)].join(' ');
  if (phrase !== 'no longer' && phrase !== 'not anymore') return [];
  const verb = lattice.skip(place + 2, 1);
  const isLoose = isVerb(lattice.word(verb)) && lattice.columns(verb).every(({ quality }) => quality < LINKED);
  return overFilter(lattice, true).map((clause) => ({ ...clause, start: place, end: isLoose ? verb + 1 : place + 2 }));
}

/** What is said of bills, whatever else is over. */
const OWED = /^(?:owed|owe|owes|owing|outstanding|unpaid|unsettled|overdue)$/;
const OPEN = /^(?:available|open|running|going|active|valid|offered|there|here|alive|ongoing)$/;

/** `still available`, `can still sign up`, `still waiting for a home`: not over yet. */
function still(lattice: Lattice, place: number): readonly Clause[] {
  if (lattice.word(place) !== 'still' || OWED.test(lattice.word(place + 1))) return [];
  const near = place + (OPEN.test(lattice.word(place + 1)) ? 2 : 1);
  const rest = endOfUnknown(lattice, place + 1);
  const ends = new Set([near, ...(rest === undefined ? [] : [rest])]);
  return overFilter(lattice, false).flatMap((clause) =>
    [...ends].map((end) => ({ ...clause, start: place, end, quality: end === near ? 1 : 0.85 })),
  );
}

/** `not gone out yet`, `have yet to be picked up`: not over yet. */
function notYet(lattice: Lattice, place: number): readonly Clause[] {
  const words = lattice.tokens.slice(place, place + LONGEST).map(({ lower }) => lower);
  const isYetTo = words[0] === 'yet' && words[1] === 'to';
  const yet = words[0] === 'not' ? words.indexOf('yet') : -1;
  const isNever = words[0] === 'never' && lattice.columns(place + 1).every(({ quality }) => quality < LINKED);
  const end =
    isYetTo || isNever
      ? endOfUnknown(lattice, place + (isNever ? 1 : 2))
      : yet > 0 && isUnknown(lattice, place + 1, place + yet)
        ? place + yet + 1
        : undefined;
  if (end === undefined) return [];
  return overFilter(lattice, false).map((clause) => ({ ...clause, start: place, end, quality: 0.85 }));
}

/** Where the question, or its clause, ends, if no word until then names anything. */
export function endOfUnknown(lattice: Lattice, from: number): number | undefined {
  let end = from;
  while (end < lattice.length && end - from <= LONGEST && lattice.tokens[end]!.kind === 'word') end += 1;
  const closes = end === lattice.length || lattice.tokens[end]?.kind === 'comma';
  return closes && end > from && isUnknown(lattice, from, end) ? end : undefined;
}

function isUnknown(lattice: Lattice, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    if (weightOf(lattice.word(at)) === 'free') continue;
    const links = [...lattice.columns(at).filter(({ column }) => column.role !== 'date'), ...lattice.values(at)];
    if (links.some(({ quality }) => quality >= LINKED) || lattice.time(at)) return false;
  }
  return true;
}

function overFilter(lattice: Lattice, over: boolean): readonly Clause[] {
  const { ending, over: told } = lattice.scope.main.everyday;
  const column = told ?? ending;
  if (!column) return [];
  const filter = told
    ? booleanFilter(told, over)
    : ({ kind: 'null', column: planColumn(column), negated: over } as const);
  const note = `I took those ${over ? 'with' : 'without'} ${column.name.replaceAll('_', ' ')}.`;
  return [{ kind: 'filter', filter, column, start: 0, end: 0, quality: 1, note }];
}
