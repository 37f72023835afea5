import type { Clause } from './clause.js';
import type { Lattice } from './lattice.js';

interface End {
  readonly high: boolean;
  /** For a column of dates, where the oldest is the lowest. */
  readonly late: boolean;
  readonly end: number;
}

/** `lowest and highest price`, `the youngest and the oldest age`: both ends of one column, each a word of its own. */
export function bothEnds(lattice: Lattice, place: number): readonly Clause[] {
  const first = endAt(lattice, place);
  const after = first && secondEnd(lattice, first.end);
  if (first && after) return mark(lattice, place, first, after.end);
  const before = precedingEnd(lattice, place);
  return first && before && before.high !== first.high ? mark(lattice, place, first, first.end) : [];
}

function mark(lattice: Lattice, start: number, { high, late, end }: End, next: number): readonly Clause[] {
  const columns = lattice.columns(lattice.skip(next, 2)).map(({ column }) => column);
  const isMeasured = columns.some(({ role }) => role === 'number' || role === 'date' || role === 'year');
  if (!isMeasured) return [];
  const isHigh = columns[0]!.role === 'number' ? high : late;
  return [{ kind: 'mark', role: isHigh ? 'max' : 'min', start, end, quality: 1 }];
}

function secondEnd(lattice: Lattice, place: number): End | undefined {
  const [link] = lattice.roles(place, 'and');
  if (!link) return undefined;
  return endAt(lattice, link.end) ?? endAt(lattice, lattice.word(link.end) === 'the' ? link.end + 1 : -1);
}

/** The other end, right before `and` before this place. */
function precedingEnd(lattice: Lattice, place: number): End | undefined {
  const link = lattice.word(place - 1) === 'the' ? place - 2 : place - 1;
  return lattice.roles(link, 'and').length > 0 ? endAt(lattice, link - 1) : undefined;
}

function endAt(lattice: Lattice, place: number): End | undefined {
  const adjective = lattice.adjectives(place).find(({ degree }) => degree === 'superlative');
  if (adjective) return { high: adjective.high, late: adjective.dates === 'late', end: place + 1 };
  const [generic] = lattice.roles(place, 'most', 'least');
  if (!generic || generic.end !== place + 1) return undefined;
  const high = generic.role === 'most';
  return { high, late: high, end: generic.end };
}
