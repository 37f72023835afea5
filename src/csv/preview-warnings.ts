import type { InferredType } from './column-types.js';
import { MAX_FIELD_CHARACTERS, type CsvRow, type RecordReport } from './records.js';
import type { WarningList } from './warnings.js';

/** What the text itself gives reason to say. */
export function warnOfText(report: RecordReport, warnings: WarningList): void {
  const { newlines, nulCharacters, nulLine, strayQuotes, unclosedQuotes, longFields } = report;
  if (nulCharacters > 0) {
    const detail = `${count(nulCharacters, 'NUL character was', 'NUL characters were')} left out, the first on line ${nulLine}. If the text looks wrong, set the encoding.`;
    warnings.add({ code: 'nul_bytes', detail, line: nulLine });
  }
  const kinds = [newlines.lf && 'LF', newlines.crlf && 'CRLF', newlines.cr && 'CR'].filter(Boolean);
  if (kinds.length > 1) {
    warnings.add({
      code: 'mixed_newlines',
      detail: `Lines end in different ways (${kinds.join(', ')}); each is read as a line end.`,
    });
  }
  for (const { line, column } of unclosedQuotes) {
    const detail = `The quote at line ${line}, column ${column} opens a field that is never closed; it is read as an ordinary character. Close it, or double it when it belongs to the text.`;
    warnings.add({ code: 'unclosed_quote', detail, line, column });
  }
  for (const { at, opened } of strayQuotes) {
    const detail = `There is a quote inside the quoted field that opens at line ${opened.line}, column ${opened.column}. Double it when it belongs to the text; if the field holds several rows, its closing quote is missing.`;
    warnings.add({ code: 'stray_quote', detail, ...at });
  }
  for (const { line, field, characters } of longFields) {
    const detail = `Field ${field} of the row at line ${line} has ${characters.toLocaleString('en')} characters; more than ${MAX_FIELD_CHARACTERS.toLocaleString('en')} cannot be stored. A closing quote may be missing.`;
    warnings.add({ code: 'long_field', detail, line });
  }
}

/** Names that are missing or used twice. `names` are the SQL names that the columns get. */
export function warnOfNames(
  header: CsvRow | undefined,
  sourceNames: readonly string[],
  names: readonly string[],
  warnings: WarningList,
): void {
  if (!header) {
    const detail = `The file has no header, so the columns are called ${sourceNames[0]}, ${sourceNames[1] ?? 'column2'} …. If its first row holds the names, set header to true.`;
    warnings.add({ code: 'no_header', detail });
    return;
  }
  const { line } = header;
  const first = new Map<string, number>();
  for (const [index, source] of sourceNames.entries()) {
    const earlier = first.get(source);
    if ((header.fields[index] ?? '').trim() === '') {
      warnings.add({
        code: 'empty_header',
        detail: `Column ${index + 1} has no name in line ${line}; it is called ${names[index]}.`,
        line,
        field: index,
      });
    } else if (earlier !== undefined) {
      const detail = `Columns ${earlier + 1} and ${index + 1} are both named "${shorten(source)}"; the second is queried as ${names[index]}.`;
      warnings.add({ code: 'duplicate_header', detail, line, field: index });
    } else first.set(source, index);
  }
}

/** Rows with too few or too many fields. Blank extra fields lose nothing and are no reason to warn. */
export function warnOfWidths(rows: readonly CsvRow[], width: number, warnings: WarningList): void {
  for (const { line, fields } of rows) {
    if (fields.length === width) continue;
    const extra = fields.slice(width).filter((field) => field.trim() !== '');
    if (fields.length > width && extra.length === 0) continue;
    const found = `Line ${line} has ${count(fields.length, 'field', 'fields')} where ${width} are expected`;
    const detail =
      fields.length < width
        ? `${found}; the missing ones are shown as NULL. Submitted, the row goes to the rejects.`
        : `${found}; "${shorten(extra.join(', '))}" is not shown. Submitted, the row goes to the rejects. A value that holds the delimiter must be quoted.`;
    warnings.add({ code: 'ragged_row', detail, line });
  }
}

/** A column of dates that can be read in two ways stays text until a person decides. */
export function warnOfAmbiguity(
  sourceName: string,
  field: number,
  { ambiguousFormats }: InferredType,
  warnings: WarningList,
): void {
  if (ambiguousFormats.length === 0) return;
  const detail = `The dates in column "${shorten(sourceName)}" can be read as ${ambiguousFormats.join(' or as ')}, because no day is above 12. They stay text; to have dates, set the column's format to one of the two and its type to date or timestamp.`;
  warnings.add({ code: 'ambiguous_date', detail, field });
}

function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
