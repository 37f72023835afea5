import type { Translation } from '../../../translator/translation.js';

export interface StatementAtRisk {
  readonly sql: string;
  /** Tables that it reads. */
  readonly tables: readonly string[];
  /** How the built-in translator reads the question; undefined where it depends on what was said before. */
  readonly reading: Translation | undefined;
}

interface Reason {
  readonly weight: number;
  readonly says: string;
}

/** From here on a statement is compared with others. */
const high = 2;
const lowConfidence = 0.75;
const aggregates = /\b(?:sum|avg|min|max|count|count_if|approx_distinct|approx_percentile|stddev|variance|corr)\s*\(/gi;
const nested = /\(\s*select\b|^\s*with\b|\bover\s*\(/i;

/**
 * Why a statement may well be wrong although it runs, by rule; empty where that is not likely. A join, tables or columns
 * that fit equally well and two words that link to nothing are enough each; several measures and nesting only together.
 */
export function riskOf(statement: StatementAtRisk): readonly string[] {
  const reasons = [...ofStatement(statement), ...ofReading(statement.reading)];
  const weight = reasons.reduce((sum, each) => sum + each.weight, 0);
  return weight >= high ? reasons.map(({ says }) => says) : [];
}

function ofStatement({ sql, tables }: StatementAtRisk): readonly Reason[] {
  return [
    ...(tables.length > 1 ? [{ weight: 2, says: 'It joins tables.' }] : []),
    ...((sql.match(aggregates) ?? []).length > 1 ? [{ weight: 1, says: 'It has several measures.' }] : []),
    ...(nested.test(sql) ? [{ weight: 1, says: 'It is nested.' }] : []),
  ];
}

function ofReading(reading: Translation | undefined): readonly Reason[] {
  if (reading?.kind === 'clarify') return [{ weight: 2, says: 'Several tables or columns fit the question.' }];
  if (reading?.kind === 'decline' && reading.unknownWords.length > 0)
    return [{ weight: reading.unknownWords.length, says: 'Words of the question link to nothing that is stored.' }];
  if (reading?.kind === 'answer' && reading.confidence < lowConfidence)
    return [{ weight: 2, says: 'The words of the question link to the tables loosely.' }];
  return [];
}
