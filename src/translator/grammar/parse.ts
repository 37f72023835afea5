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

interface State extends Parse {
  readonly place: number;
}

const WORTH = { content: 1, light: 0.3, free: 0.08 } as const;
const UNEXPLAINED = -0.8;
/** For a small word that says what is asked: whoever leaves it out understands something else. */
const IGNORED = -0.5;
/** For an `and` that joins nothing. */
const UNJOINED = -0.1;
const EACH_CLAUSE = -0.06;
const BEAM = 48;
const MOST_PARSES = 28;

/** The best ways to cut a question into clauses. */
export function parses(lattice: Lattice): readonly Parse[] {
  const worth = lattice.tokens.map(({ kind, lower }) =>
    kind === 'comma' ? 0 : kind === 'word' ? WORTH[weightOf(lower)] : WORTH.content,
  );
  const states: State[][] = Array.from({ length: lattice.length + 1 }, () => []);
  states[0]!.push({ clauses: [], unexplained: [], ignored: 0, score: 0, place: 0 });
  for (let place = 0; place < lattice.length; place += 1) {
    const found = best(states[place]!, BEAM);
    if (found.length === 0) continue;
    const clauses = clausesAt(lattice, place);
    const isJoin = lattice.roles(place, 'and').length > 0;
    const ignored = lattice.isTelling(place) ? IGNORED : isJoin ? UNJOINED : 0;
    const dropped = isJoin ? 0 : lattice.roles(place, 'avg', 'min', 'max', 'median').length > 0 ? 2 : 1;
    for (const state of found) {
      states[place + 1]!.push(passOver(state, worth[place]!, ignored, dropped));
      for (const clause of clauses) states[clause.end]?.push(take(state, clause, worth));
    }
  }
  return best(states[lattice.length]!, MOST_PARSES);
}

function passOver(state: State, worth: number, ignored: number, dropped: number): State {
  const matters = worth >= WORTH.content;
  return {
    ...state,
    unexplained: matters ? [...state.unexplained, state.place] : state.unexplained,
    ignored: state.ignored + (!matters && ignored < 0 ? dropped : 0),
    score: state.score + (matters ? UNEXPLAINED : ignored),
    place: state.place + 1,
  };
}

function take(state: State, clause: Clause, worth: readonly number[]): State {
  const covered = worth.slice(clause.start, clause.end).reduce((sum, each) => sum + each, 0);
  return {
    ...state,
    clauses: [...state.clauses, clause],
    score: state.score + covered * clause.quality + EACH_CLAUSE,
    place: clause.end,
  };
}

function best(states: readonly State[], limit: number): readonly State[] {
  return [...states].sort((one, other) => other.score - one.score).slice(0, limit);
}
