/**
 * Rough shapes of cells, good enough to compare dialects and to tell a header from data. What a column's type is,
 * `column-types.ts` decides.
 */

const NUMBER =
  /^[+-]?[$€£¥]?\s?[+-]?(\d+([.,]\d+)?|\d{1,3}([., '\u00A0\u202F]\d{3})+([.,]\d+)?|[.,]\d+)([eE][+-]?\d+)?\s?[%$€£¥]?$/;
const DATE_OR_TIME =
  /^(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?\s?([AaPp][Mm]|Z|[+-]\d\d:?\d\d)?)?|\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?\s?([AaPp][Mm])?)$/;
const DATE_IN_WORDS = /^(\d{1,2}[ -][a-z]{3,9}\.?[ -]\d{2,4}|[a-z]{3,9}\.? \d{1,2},? \d{4})$/i;
const WORD = /^(true|false|yes|no|n\/?a|nan|null|none|\\n|-)$/i;
const LINK = /^(https?:\/\/\S+|\S+@\S+\.\w+)$/;
const PLAIN_TEXT = /^[\p{L}\p{N}][\p{L}\p{N} _.\-()&'/+#%]{0,60}$/u;
const ASCII_TEXT = /^[A-Za-z0-9][A-Za-z0-9 _.\-()&'/+#%]{0,60}$/;

/** Whether a cell looks like a number, a date, a truth value or an address rather than free text. */
export function looksTyped(cell: string): boolean {
  const text = cell.trim();
  if (text === '' || text.length > 200) return false;
  if (isDigitOrSign(text.charCodeAt(0)))
    return NUMBER.test(text) || DATE_OR_TIME.test(text) || DATE_IN_WORDS.test(text) || text === '-';
  if (text.length <= 5 && WORD.test(text)) return true;
  return NUMBER.test(text) || DATE_IN_WORDS.test(text) || LINK.test(text);
}

/** Whether a cell looks like the content of one field: empty, typed, or short plain text, and no half of a quoted one. */
export function looksLikeOneValue(cell: string): boolean {
  const text = cell.trim();
  if (text.startsWith("'") !== text.endsWith("'")) return false;
  return text === '' || ASCII_TEXT.test(text) || looksTyped(text) || PLAIN_TEXT.test(text);
}

/** Digits, `+`, `-`, `.` and `,`. */
function isDigitOrSign(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 43 && code <= 46);
}
