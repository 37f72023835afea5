import { areSameUnit } from '../text/units.js';
import type { Clause } from './clause.js';
import { DOING, meant, measure } from './idiom-parts.js';
import type { Lattice } from './lattice.js';

/** Ways to speak of how long something took. */
export function durationIdioms(lattice: Lattice, place: number): readonly Clause[] {
  return [
    ...howLong(lattice, place),
    ...daysTaken(lattice, place),
    ...ahead(lattice, place),
    ...timeSpent(lattice, place),
    ...lasting(lattice, place),
  ];
}

/** `how long do people stay`: the average of the column that tells it, else of the days between two dates. */
function howLong(lattice: Lattice, place: number): readonly Clause[] {
  if (lattice.word(place) !== 'how' || lattice.word(place + 1) !== 'long' || !DOING.has(lattice.word(place + 2)))
    return [];
  const { durations, spans } = lattice.scope.main.everyday;
  const stored = meant(lattice, place + 2, durations);
  const columns = stored.length > 0 ? stored : meant(lattice, place + 2, spans);
  return columns.map((column) => measure('avg', column, place, place + 2));
}

/** `how many days do people take to pay`: from the main date of a row to the one that is named. */
function daysTaken(lattice: Lattice, place: number): readonly Clause[] {
  const { durations, spans } = lattice.scope.main.everyday;
  return lattice.roles(place, 'ask-count').flatMap(({ end }): readonly Clause[] => {
    const unit = lattice.word(end);
    const takes = lattice.tokens.some(
      ({ lower }, at) => at > end && /^(?:takes?|took|taken|pass(?:es|ed)?|need(?:s|ed)?)$/.test(lower),
    );
    if (!takes) return [];
    const stored = meant(
      lattice,
      end,
      durations.filter((column) => areSameUnit(unit, column.unit ?? '')),
    );
    const columns = stored.length > 0 || unit !== 'days' ? stored : meant(lattice, end, spans);
    return columns.map((column) => measure('avg', column, place, end + 1));
  });
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

/** `how long does a visit last`: the verb says nothing more. */
function lasting(lattice: Lattice, place: number): readonly Clause[] {
  const closes = place === lattice.length - 1 && lattice.word(place) === 'last' && lattice.word(0) === 'how';
  return closes ? [{ kind: 'mark', role: 'filler', start: place, end: place + 1, quality: 0.9 }] : [];
}
