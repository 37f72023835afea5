/** What can be odd about a file that is read nevertheless. Codes never change their meaning. */
export type CsvWarningCode =
  | 'ambiguous_date'
  | 'duplicate_header'
  | 'empty_file'
  | 'empty_header'
  | 'header_only'
  | 'long_field'
  | 'misfit_value'
  | 'mixed_newlines'
  | 'no_header'
  | 'not_text'
  | 'nul_bytes'
  | 'preamble_skipped'
  | 'ragged_row'
  | 'stray_quote'
  | 'truncated_preview'
  | 'unclosed_quote'
  | 'undecodable_bytes';

/**
 * `detail` says what is odd, where, and how to mend it. `line` and `column` count from 1; `column` is a character in the
 * line. `field` is the index of the table's column that it is about, counted from 0.
 */
export interface CsvWarning {
  code: CsvWarningCode;
  detail: string;
  line?: number | undefined;
  column?: number | undefined;
  field?: number | undefined;
}

const SHOWN_OF_A_KIND = 20;

/** Collects warnings in the order they are found; of each kind the first twenty and then one line that counts the rest. */
export class WarningList {
  private readonly shown: CsvWarning[] = [];
  private readonly counts = new Map<CsvWarningCode, number>();

  add(warning: CsvWarning): void {
    const count = (this.counts.get(warning.code) ?? 0) + 1;
    this.counts.set(warning.code, count);
    if (count <= SHOWN_OF_A_KIND) this.shown.push(warning);
  }

  toArray(): CsvWarning[] {
    const summaries = [...this.counts]
      .filter(([, count]) => count > SHOWN_OF_A_KIND)
      .map(([code, count]) => ({ code, detail: summary(code, count - SHOWN_OF_A_KIND) }));
    return [...this.shown, ...summaries];
  }
}

function summary(code: CsvWarningCode, hidden: number): string {
  return `${hidden.toLocaleString('en')} more ${hidden === 1 ? 'warning' : 'warnings'} of the kind ${code} are not shown.`;
}
