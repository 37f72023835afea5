import { namesKind } from '../lexicon/asked-kinds.js';
import { weightOf } from '../lexicon/small-words.js';
import type { Clause } from './clause.js';
import { DOING } from './idiom-parts.js';
import type { Lattice } from './lattice.js';

/** From here on a word rather names something. */
const NAMED = 0.6;

/** Verbs that say only that the rows happened: `Which school eats the most fish?`, `the dinners that Mrs Bell cooked`. */
export function deeds(lattice: Lattice, place: number): readonly Clause[] {
  return [...unknownDeeds(lattice, place), ...mostInUse(lattice, place), ...goesWrong(lattice, place)];
}

/** `What goes wrong most?` asks for what the rows tell. */
function goesWrong(lattice: Lattice, place: number): readonly Clause[] {
  const isAsked = lattice.word(0) === 'what' && /^(?:goes|go|went)$/.test(lattice.word(place));
  return isAsked && lattice.word(place + 1) === 'wrong'
    ? [{ kind: 'mark', role: 'filler', start: place, end: place + 2, quality: 0.8 }]
    : [];
}

const IN_USE = /^(?:out|away|used|booked|rented|borrowed|requested|chosen|needed)$/;

/** `Which machine is out the most?`: how often. */
function mostInUse(lattice: Lattice, place: number): readonly Clause[] {
  if (!IN_USE.test(lattice.word(place)) || !BEING.test(lattice.word(place - 1))) return [];
  return lattice
    .roles(place + 1, 'most', 'least')
    .filter(({ end }) => !namesThing(lattice, end))
    .map(({ role, end }) => ({
      kind: 'mark',
      role: role === 'most' ? 'common' : 'rare',
      start: place,
      end,
      quality: 1,
    }));
}

const BEING = /^(?:is|are|was|were|gets?|got|be|been)$/;

function unknownDeeds(lattice: Lattice, place: number): readonly Clause[] {
  const word = lattice.word(place);
  if (lattice.tokens[place]!.kind !== 'word' || weightOf(word) !== 'content') return [];
  const quality = isDoneByNamed(lattice, place) ? 0.8 : isDoneMost(lattice, place) ? 0.62 : 0;
  const note = `I took "${word}" as what the rows tell.`;
  return quality > 0 ? [{ kind: 'mark', role: 'filler', start: place, end: place + 1, quality, note }] : [];
}

/** `which school eats the most fish`: what there is most of is told, so the verb adds nothing. */
function isDoneMost(lattice: Lattice, place: number): boolean {
  const opens = /^(?:which|who|what)$/.test(lattice.word(0)) && place > 0 && place <= 4;
  if (!opens || !/[^s]s$/.test(lattice.word(place)) || isLinked(lattice, place)) return false;
  return lattice.roles(place + 1, 'most', 'least').some(({ end }) => namesThing(lattice, end));
}

function namesThing(lattice: Lattice, place: number): boolean {
  const links = [...lattice.values(place), ...lattice.entities(place), ...lattice.columns(place)];
  return links.some(({ quality }) => quality >= NAMED) || lattice.scope.main.everyday.rows.has(lattice.word(place));
}

function isLinked(lattice: Lattice, place: number): boolean {
  const columns = lattice.columns(place).filter(({ column }) => column.role !== 'text');
  return [...lattice.values(place), ...lattice.entities(place), ...columns].length > 0;
}

/** `did Mrs Bell cook`: one of those who do what the rows tell. */
function isDoneByNamed(lattice: Lattice, place: number): boolean {
  if (isLinked(lattice, place)) return false;
  for (let start = place - 1; start >= Math.max(1, place - 3); start -= 1) {
    if (!DOING.has(lattice.word(start - 1))) continue;
    const isDoer = lattice
      .values(start)
      .some(({ column, end }) => end === place && column.words.some(({ word }) => namesKind(word, 'doer')));
    if (isDoer) return true;
  }
  return false;
}
