import { csvLine } from '../../../csv/write-csv.js';
import type { AnalysisResult, Meaning } from '../../../interviews/analysis.js';

const columns = [
  'principle',
  'priority',
  'insight',
  'confidence',
  'evidence',
  'pattern',
  'meaning',
  'statement',
  'sentiment',
  'quote',
  'speaker',
  'interview',
  'chunk',
  'start',
  'end',
] as const;

type Row = Record<(typeof columns)[number], string | number | null>;

const nothing = Object.fromEntries(columns.map((column) => [column, null])) as Row;

/** A row for each way from a principle down to a quote, then one for each meaning to which none leads. */
export function resultCsv(result: AnalysisResult): string {
  const meanings = new Map(result.meanings.map((meaning) => [meaning.meaning_id, meaning]));
  const used = new Set<string>();
  const rows: Row[] = [];
  const add = (above: Partial<Row>, evidence: 'for' | 'against', ids: readonly string[]) => {
    for (const id of ids) {
      const meaning = meanings.get(id);
      if (!meaning) continue;
      used.add(id);
      rows.push({ ...nothing, ...above, evidence, pattern: patternOf(result, id), ...meaningCells(result, meaning) });
    }
  };
  for (const insight of result.insights) {
    const principles = result.principles.filter(({ insights }) => insights.includes(insight.insight_id));
    for (const principle of principles.length > 0 ? principles : [undefined]) {
      const above = {
        principle: principle?.statement ?? null,
        priority: principle?.priority.level ?? null,
        insight: insight.claim,
        confidence: insight.confidence.level,
      };
      add(above, 'for', insight.evidence_for);
      add(above, 'against', insight.evidence_against);
    }
  }
  for (const meaning of result.meanings)
    if (!used.has(meaning.meaning_id))
      rows.push({ ...nothing, pattern: patternOf(result, meaning.meaning_id), ...meaningCells(result, meaning) });
  const lines = rows.map((row) =>
    csvLine(columns.map((column) => (row[column] === null ? null : String(row[column])))),
  );
  return csvLine(columns) + lines.join('');
}

function patternOf({ patterns }: AnalysisResult, meaningId: string): string | null {
  return patterns.find(({ meanings }) => meanings.includes(meaningId))?.theme ?? null;
}

function meaningCells(
  { interviews }: AnalysisResult,
  { meaning_id, statement, sentiment, quote }: Meaning,
): Partial<Row> {
  return {
    meaning: meaning_id,
    statement,
    sentiment: sentiment.label,
    quote: quote.text,
    speaker: quote.speaker ?? null,
    interview: interviews.find(({ interview }) => interview === quote.interview)?.name ?? null,
    chunk: quote.chunk_id,
    start: quote.start,
    end: quote.end,
  };
}
