import type { Filter } from '../plan.js';
import { booleanFilter, type Clause, planColumn } from './clause.js';
import type { Lattice } from './lattice.js';

const BEING =
  /^(?:is|are|was|were|arrives?|arrived|came|come|comes|ran|run|runs|late|be|been|delivered|returned|finished|completed|done|too)$/;

/** `on time`, `late`: by the column that says how late, else by the day that was due and the day on which it was done. */
export function lateness(lattice: Lattice, place: number): readonly Clause[] {
  const said = saying(lattice, place);
  const found = said && latenessFilter(lattice, said.late);
  return found ? [{ kind: 'filter', ...found, start: place, end: said.end, quality: 1 }] : [];
}

function saying(lattice: Lattice, place: number): { readonly late: boolean; readonly end: number } | undefined {
  const [first, second] = [lattice.word(place), lattice.word(place + 1)];
  const two = `${first} ${second}`;
  if (two === 'on time' || two === 'on schedule' || two === 'in time') return { late: false, end: place + 2 };
  if (two === 'behind schedule') return { late: true, end: place + 2 };
  const three = `${two} ${lattice.word(place + 2)}`;
  if (/^(?:later|longer) than (?:expected|planned|scheduled|promised|agreed|announced|due)$/.test(three))
    return { late: true, end: place + 3 };
  if (/^(?:earlier|sooner) than (?:expected|planned|scheduled|promised|agreed|announced)$/.test(three))
    return { late: false, end: place + 3 };
  if (first === 'punctual' || first === 'punctually') return { late: false, end: place + 1 };
  if (first === 'late' && BEING.test(lattice.word(place - 1))) return { late: true, end: place + 1 };
  return undefined;
}

function latenessFilter(
  lattice: Lattice,
  late: boolean,
): Pick<Clause & { kind: 'filter' }, 'filter' | 'column' | 'note'> | undefined {
  const { lateness: column, due, done } = lattice.scope.main.everyday;
  if (column?.role === 'boolean') return { filter: booleanFilter(column, late), column };
  if (column) {
    const filter: Filter = { kind: 'compare', column: planColumn(column), operator: late ? '>' : '<=', value: 0 };
    return { filter, column };
  }
  if (!due || !done) return undefined;
  const filter: Filter = {
    kind: 'columns',
    column: planColumn(done),
    operator: late ? '>' : '<=',
    other: planColumn(due),
  };
  return { filter, column: done, note: `I compared ${done.name} with ${due.name}.` };
}
