import { type DocumentSource, quotation } from './document-sources.js';
import { formatCell } from './format-cell.js';
import { markdownTable } from './markdown-table.js';
import type { ResultTable } from './result-table.js';

/** Where a number, or another value, of an answer comes from. */
export interface CellSource {
  /** As the answer shows it. */
  readonly text: string;
  readonly query_id: string;
  /** Counted from 0. Absent for the number of rows. */
  readonly row?: number;
  readonly column?: string;
  /** As the result holds it. */
  readonly value: unknown;
}

export interface FilledText {
  readonly text: string;
  readonly sources: readonly CellSource[];
  /** Numbers of the documents that it refers to. */
  readonly cited: readonly number[];
  /** References that name nothing. */
  readonly unknown: readonly string[];
}

/**
 * A reference to a cell of a result of the turn: `{{r0.c1}}` or `{{r0.total}}` of the last query, `{{q1.r0.c1}}` of the
 * first one; `{{count}}` is the number of rows, `{{table}}` the first rows. Or to a passage of a document: `{{d1}}` is the
 * mark of the first one, `{{d1.quote}}` its words.
 */
export const referencePattern =
  /\{\{\s*(?:(?:q(\d{1,3})\.)?(?:r(\d{1,6})\.([A-Za-z_]\w*)|(count|table))|d(\d{1,2})(\.quote)?)\s*\}\}/g;

/** A mark changes no number that it stands next to. */
export const documentMarkPattern = /\{\{\s*d\d{1,2}\s*\}\}/g;

/** Puts the cells, and the passages, in the place of the references to them. */
export function fillIn(
  template: string,
  results: readonly ResultTable[],
  documents: readonly DocumentSource[] = [],
): FilledText {
  const sources: CellSource[] = [];
  const cited: number[] = [];
  const unknown: string[] = [];
  const text = template.replaceAll(
    referencePattern,
    (whole, query?: string, row?: string, column?: string, about?: string, document?: string, quote?: string) => {
      if (document !== undefined) {
        const passage = documents[Number(document) - 1];
        if (!passage) unknown.push(whole);
        else cited.push(passage.number);
        return passage ? `${quote ? `${quotation(passage)} ` : ''}[${passage.number}]` : whole;
      }
      const result = results[query === undefined ? results.length - 1 : Number(query) - 1];
      const found = result && resolve(result, row, column, about);
      if (!found) {
        unknown.push(whole);
        return whole;
      }
      if (found.source) sources.push(found.source);
      return found.text;
    },
  );
  return { text, sources, cited, unknown };
}

function resolve(
  result: ResultTable,
  row: string | undefined,
  column: string | undefined,
  about: string | undefined,
): { text: string; source?: CellSource } | undefined {
  if (about === 'table') return { text: markdownTable(result) };
  if (about === 'count') return countOf(result);
  const index = columnIndex(result, column!);
  const cell = result.rows[Number(row)]?.[index];
  if (cell === undefined) return undefined;
  const { name, type } = result.columns[index]!;
  const text = formatCell(cell, type, name);
  return { text, source: { text, query_id: result.queryId, row: Number(row), column: name, value: cell } };
}

/** A result that was cut short says nothing about how many rows there are. */
function countOf({ queryId, rowCount, truncated, atLimit }: ResultTable): { text: string; source: CellSource } {
  const count = formatCell(String(rowCount), 'bigint');
  const text = truncated || atLimit ? `at least ${count}` : count;
  return { text, source: { text, query_id: queryId, value: rowCount } };
}

function columnIndex({ columns }: ResultTable, named: string): number {
  const byName = columns.findIndex(({ name }) => name.toLowerCase() === named.toLowerCase());
  if (byName >= 0) return byName;
  const place = /^c(\d{1,4})$/.exec(named)?.[1];
  return place === undefined ? -1 : Number(place);
}
