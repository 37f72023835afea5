import type { ColumnInfo } from '../schema/columns.js';
import { goodsOf, quantityOf } from '../schema/quantities.js';
import type { Clause } from './clause.js';
import { measure } from './idiom-parts.js';
import type { Lattice } from './lattice.js';

/** From here on a word rather names a value or the rows. */
const NAMED = 0.7;

/** `How much glass did we collect?`: what is asked for is weighed, in the only column that tells goods. */
export function goodsAsked(lattice: Lattice, place: number): readonly Clause[] {
  const goods = amountOfGoods(lattice);
  if (!goods) return [];
  return lattice
    .roles(place, 'ask-much')
    .filter(({ end }) => asksForGoods(lattice, end))
    .map(({ end }) => measure('sum', goods, place, end, 1.1));
}

/** Whether `how much` is followed by what there is much of. */
export function asksForGoods(lattice: Lattice, place: number): boolean {
  const named = [
    ...lattice.values(place),
    ...lattice.entities(place),
    ...lattice.columns(place).filter(({ column }) => column.role === 'text' || column.role === 'id'),
  ];
  const isRow = lattice.scope.main.everyday.rows.has(lattice.word(place));
  return isRow || named.some(({ quality }) => quality >= NAMED);
}

/** The only amount of goods; that of all the pieces where nothing is weighed. */
export function amountOfGoods({ scope: { main } }: Lattice): ColumnInfo | undefined {
  return goodsOf(main) ?? quantityOf(main);
}
