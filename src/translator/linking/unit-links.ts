import { isBad } from '../lexicon/ends.js';
import { weightOf } from '../lexicon/small-words.js';
import { type ColumnInfo, columnLabel } from '../schema/columns.js';
import type { Token } from '../text/tokens.js';
import { areSameUnit, isMeasuredIn, unitsIn } from '../text/units.js';
import type { ColumnLink } from './links.js';

/** Units that name the column that is measured in them, or in others of their kind. */
export function unitLinks(tokens: readonly Token[], column: ColumnInfo): readonly ColumnLink[] {
  // Whoever asks for the tonnes does not mean those that were wasted.
  const isLeft = isLost(column) && column.table.columns.some((other) => other.unit === column.unit && !isLost(other));
  const links = isLeft ? [] : [...sameUnitLinks(tokens, column), ...otherUnitLinks(tokens, column)];
  return links.map((link) => ({ ...link, end: endOfMeasured(tokens, link) }));
}

function isLost({ words }: ColumnInfo): boolean {
  return words.some(({ word }) => isBad(word));
}

/** `litres of fuel`: both words name the column that holds the fuel. */
function endOfMeasured(tokens: readonly Token[], { column, end }: ColumnLink): number {
  const measured = tokens[end]?.lower === 'of' ? tokens[end + 1] : undefined;
  return measured && column.words.some((word) => word.weight === 1 && word.stem === measured.stem) ? end + 2 : end;
}

/** `total kilometres` of a column `distance_km`, but not `total hours` of one in minutes. */
function sameUnitLinks(tokens: readonly Token[], column: ColumnInfo): readonly ColumnLink[] {
  if (column.unit === undefined || column.role !== 'number') return [];
  return tokens.flatMap(({ lower }, start): ColumnLink[] => {
    const isCounted = tokens[start - 1]?.kind === 'number' || weightOf(lower) === 'free';
    const isNamed = areSameUnit(lower, column.unit!) || isMeasuredIn(lower, column.unit!);
    if (isCounted || lower.length < 4 || !isNamed) return [];
    return [{ kind: 'column', column, start, end: start + 1, quality: 0.8, namesHead: true }];
  });
}

/** `how many litres` of a column in millilitres. */
function otherUnitLinks(tokens: readonly Token[], column: ColumnInfo): readonly ColumnLink[] {
  if (column.unit === undefined || column.role !== 'number') return [];
  return tokens.flatMap(({ lower }, start): ColumnLink[] => {
    const divisor = /^(?:many|total)$/.test(tokens[start - 1]?.lower ?? '') ? unitsIn(lower, column.unit!) : undefined;
    if (divisor === undefined || lower.length < 4 || /^days?$/.test(lower)) return [];
    const scaled = {
      ...column,
      name: `${column.name}_in_${lower}`,
      unit: lower,
      scaled: [column.name, divisor] as const,
    };
    const note = `I converted ${columnLabel(column)} to ${lower}.`;
    return [{ kind: 'column', column: scaled, start, end: start + 1, quality: 0.75, namesHead: true, note }];
  });
}
