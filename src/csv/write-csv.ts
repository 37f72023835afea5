/** What makes a spreadsheet take a cell for a formula when it comes first. */
export const formulaTriggers = ['=', '+', '-', '@', '\t', '\r', '\n'];

/** What a field may only hold between quotes. */
export const quotedCharacters = ['"', ',', '\n', '\r'];

export const recordEnd = '\r\n';

/** The text with an apostrophe in front when a spreadsheet would take it for a formula. */
export function withoutFormula(text: string): string {
  return formulaTriggers.includes(text.charAt(0)) ? `'${text}` : text;
}

/** The text as one field of CSV (RFC 4180). An empty text is `""`, which tells it from an absent value. */
export function csvField(text: string): string {
  const plain = text !== '' && !quotedCharacters.some((character) => text.includes(character));
  return plain ? text : `"${text.replaceAll('"', '""')}"`;
}

/** One line of CSV that no spreadsheet takes for formulas; null is an empty field. */
export function csvLine(fields: readonly (string | null)[]): string {
  return fields.map((field) => (field === null ? '' : csvField(withoutFormula(field)))).join(',') + recordEnd;
}
