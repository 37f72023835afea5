import { weightOf } from '../lexicon/small-words.js';
import type { Clause } from './clause.js';
import type { Lattice } from './lattice.js';
import { clausesAt } from './rules.js';

/** A question cut into clauses, with the words that no clause explains. */
export interface Parse {
  readonly clauses: readonly Clause[];
  /** Places of unexplained words that matter. */
  readonly unexplained: readonly number[];
  /** How many small words that say what is asked were left out; one that says what to compute counts twice. */
  readonly ignored: number;
  readonly score: number;
}

/** One way to have come to a place: the step that led there, and the state before it. */
interface State {
  readonly before: State | undefined;
  /** Undefined where a word was passed over. */
  readonly clause: Clause | undefined;
  readonly place: number;
  readonly matters: boolean;
  readonly ignored: number;
  readonly score: number;
}

const WORTH = { content: 1, light: 0.3, free: 0.08 } as const;
const UNEXPLAINED = -0.8;
/** For a small word that says what is asked: whoever leaves it out understands something else. */
const IGNORED = -0.5;
/** For an `and` that joins nothing. */
const UNJOINED = -0.1;
const EACH_CLAUSE = -0.06;
/** Whoever leaves one of these out answers the opposite. */
const DENIALS = new Set(['not', 'never', 'without', 'except', 'excluding']);
/** Whoever leaves one of these out computes something else. */
const COMPUTING = ['avg', 'min', 'max', 'median', 'most', 'least', 'common', 'rare'] as const;
const BEAM = 32;
const MOST_PARSES = 28;

/** The best ways to cut a question into clauses. */
export function parses(lattice: Lattice): readonly Parse[] {
  const worth = lattice.tokens.map(({ kind, lower }, place) => {
    if (kind === 'comma') return 0;
    if (kind !== 'word') return WORTH.content;
    return WORTH[lattice.isLoosePreposition(place) ? 'free' : weightOf(lower)];
  });
  const states: State[][] = Array.from({ length: lattice.length + 1 }, () => []);
  states[0]!.push({ before: undefined, clause: undefined, place: 0, matters: false, ignored: 0, score: 0 });
  for (let place = 0; place < lattice.length; place += 1) {
    const found = best(states[place]!, BEAM);
    if (found.length === 0) continue;
    const passed = passOver(lattice, place, worth[place]!);
    for (const state of found) states[place + 1]!.push(passed(state));
    for (const clause of clausesAt(lattice, place)) {
      const gain = gainOf(clause, worth);
      for (const before of found) states[clause.end]?.push(take(before, clause, gain));
    }
  }
  return best(states[lattice.length]!, MOST_PARSES).map(parseOf);
}

function passOver(lattice: Lattice, place: number, worth: number): (before: State) => State {
  const matters = worth >= WORTH.content;
  const isJoin = lattice.roles(place, 'and').length > 0;
  const isTelling = lattice.isTelling(place);
  const isValue = lattice.word(place) === 'value' && lattice.word(place + 1) === 'of';
  const isDenied = DENIALS.has(lattice.word(place));
  const isArticle = lattice.word(place) === 'the';
  const computes = isValue || isDenied || (!isArticle && lattice.roles(place, ...COMPUTING).length > 0);
  const isTotal = lattice.word(place) === 'total' && lattice.roles(place, 'sum').length > 0;
  const ignored = matters || isJoin || !(isTelling || isValue || isTotal) ? 0 : computes ? 2 : 1;
  const cost = matters ? UNEXPLAINED : isTelling ? IGNORED : isJoin ? UNJOINED : 0;
  return (before) => ({
    before,
    clause: undefined,
    place: place + 1,
    matters,
    ignored: before.ignored + ignored,
    score: before.score + cost,
  });
}

function gainOf({ start, end, quality }: Clause, worth: readonly number[]): number {
  const covered = worth.slice(start, end).reduce((sum, each) => sum + each, 0);
  return covered * quality + EACH_CLAUSE;
}

function take(before: State, clause: Clause, gain: number): State {
  const { ignored, score } = before;
  return { before, clause, place: clause.end, matters: false, ignored, score: score + gain };
}

function best(states: readonly State[], limit: number): readonly State[] {
  return [...states].sort((one, other) => other.score - one.score).slice(0, limit);
}

function parseOf(last: State): Parse {
  const clauses: Clause[] = [];
  const unexplained: number[] = [];
  for (let state: State | undefined = last; state; state = state.before) {
    if (state.clause) clauses.unshift(state.clause);
    else if (state.matters) unexplained.unshift(state.place - 1);
  }
  return { clauses, unexplained, ignored: last.ignored, score: last.score };
}
