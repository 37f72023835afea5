import type { Dialect } from './contract.js';

/** A setting under which no text can be split. */
export interface DialectFault {
  readonly part: 'delimiter' | 'quote' | 'skip_rows';
  readonly detail: string;
}

/** What is wrong with the parts that say how text is split; parts that are left out are not judged. */
export function dialectFaults({ delimiter, quote, skip_rows: skipRows }: Partial<Dialect>): DialectFault[] {
  const faults: DialectFault[] = [];
  if (delimiter !== undefined && (delimiter.length !== 1 || /["\r\n\0\uFEFF]/.test(delimiter))) {
    faults.push({ part: 'delimiter', detail: 'The delimiter must be one character, and no newline or double quote.' });
  }
  if (quote !== undefined && (quote.length > 1 || /[\s\0]/.test(quote))) {
    faults.push({ part: 'quote', detail: 'The quote must be one character that is no blank, or empty for none.' });
  } else if (quote !== undefined && quote !== '' && quote === delimiter) {
    faults.push({ part: 'quote', detail: `The quote and the delimiter cannot both be ${quote}.` });
  }
  if (skipRows !== undefined && !(Number.isInteger(skipRows) && skipRows >= 0)) {
    faults.push({ part: 'skip_rows', detail: 'The number of lines to skip must be a whole number from 0.' });
  }
  return faults;
}
