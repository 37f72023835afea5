import { columnLabel } from '../schema/columns.js';
import type { TableInfo } from '../schema/schema.js';
import type { Token } from '../text/tokens.js';
import type { ColumnLink } from './links.js';

/** What comes in and what customers spend is the same money. */
const TAKINGS = new Set([
  'revenue',
  'revenues',
  'turnover',
  'takings',
  'proceeds',
  'spend',
  'spends',
  'spent',
  'spending',
]);

/** `revenue` where rows of sales have a `line_total`. */
export function takingsLinks(tokens: readonly Token[], { takings, columns }: TableInfo): readonly ColumnLink[] {
  if (!takings) return [];
  return tokens.flatMap(({ lower }, start): ColumnLink[] => {
    const isNamed = columns.some(({ words }) => words.some(({ word }) => word === lower));
    if (!TAKINGS.has(lower) || isNamed) return [];
    const note = takings.product ? undefined : `I took ${columnLabel(takings)} as ${lower}.`;
    return [{ kind: 'column', column: takings, start, end: start + 1, quality: 0.82, namesHead: true, note }];
  });
}
