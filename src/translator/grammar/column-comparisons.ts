import type { ColumnLink } from '../linking/links.js';
import type { Filter } from '../plan.js';
import type { ColumnInfo } from '../schema/columns.js';
import { type Clause, planColumn } from './clause.js';
import type { Lattice } from './lattice.js';

/** Columns that are compared with their average, or with one another. */
export function columnComparisons(lattice: Lattice, place: number): readonly Clause[] {
  return [...againstAverage(lattice, place), ...columnAgainstColumn(lattice, place)];
}

function againstAverage(lattice: Lattice, place: number): readonly Clause[] {
  const averages = (next: number) => lattice.roles(next, 'above-average', 'below-average');
  const filter = (column: ColumnInfo, high: boolean, end: number, quality: number): Clause => {
    const meant: Filter = { kind: 'average', column: planColumn(column), operator: high ? '>' : '<' };
    return { kind: 'filter', filter: meant, column, start: place, end, quality };
  };
  const after = lattice
    .columns(place)
    .flatMap((link) =>
      link.column.role === 'number'
        ? lattice
            .after(link.end)
            .flatMap((next) =>
              averages(next).map(({ role, end }) => filter(link.column, role === 'above-average', end, link.quality)),
            )
        : [],
    );
  const before = averages(place).flatMap(({ role, end }) =>
    lattice
      .columns(end)
      .flatMap((link) =>
        link.column.role === 'number' ? [filter(link.column, role === 'above-average', link.end, link.quality)] : [],
      ),
  );
  const adjectives = lattice.adjectives(place).flatMap((adjective) => {
    const target = lattice.word(place + 1) === 'than' ? lattice.skip(place + 2, 2) : -1;
    if (adjective.degree !== 'comparative' || !['average', 'mean'].includes(lattice.word(target))) return [];
    return lattice.columnsOfAdjective(adjective).map((column) => filter(column, adjective.high, target + 1, 0.9));
  });
  return [...after, ...before, ...adjectives];
}

/** `more bathrooms than bedrooms`, `sold price above list price`. */
function columnAgainstColumn(lattice: Lattice, place: number): readonly Clause[] {
  const clause = (one: ColumnLink, other: ColumnLink, high: boolean): Clause => ({
    kind: 'filter',
    filter: {
      kind: 'columns',
      column: planColumn(one.column),
      operator: high ? '>' : '<',
      other: planColumn(other.column),
    },
    column: one.column,
    start: place,
    end: other.end,
    quality: (one.quality + other.quality) / 2,
  });
  const numbers = (at: number) => lattice.columns(at).filter(({ column }) => column.role === 'number');
  const pairs = (one: ColumnLink, at: number, high: boolean) =>
    numbers(at)
      .filter((other) => other.column !== one.column && other.column.table === one.column.table)
      .map((other) => clause(one, other, high));
  const word = lattice.word(place);
  const named = ['more', 'fewer', 'less', 'higher', 'lower'].includes(word)
    ? numbers(place + 1).flatMap((one) =>
        lattice.word(one.end) === 'than'
          ? pairs(one, lattice.skip(one.end + 1, 1), word === 'more' || word === 'higher')
          : [],
      )
    : [];
  const stated = numbers(place).flatMap((one) =>
    lattice
      .after(one.end, 2)
      .flatMap((next) =>
        lattice.roles(next, 'gt', 'lt').flatMap(({ role, end }) => pairs(one, lattice.skip(end, 1), role === 'gt')),
      ),
  );
  return [...named, ...stated];
}
