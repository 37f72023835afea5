export interface DecimalGuess {
  readonly decimal: '.' | ',';
  readonly evidence: string;
}

const AMOUNT = String.raw`^\s*[+-]?[$€£¥]?\s?[+-]?`;
const UNIT = String.raw`\s?[%$€£¥]?\s*$`;
/** Numbers that can only be read one way: `1,5` but not `1,500`. */
const COMMA = new RegExp(String.raw`${AMOUNT}(0,\d+|\d+,(\d{1,2}|\d{4,})|\d{1,3}([. \u00A0\u202F']\d{3})+,\d+)${UNIT}`);
const POINT = new RegExp(
  String.raw`${AMOUNT}(0?\.\d+|\d+\.(\d{1,2}|\d{4,})|\d{1,3}([, \u00A0\u202F']\d{3})+\.\d+)${UNIT}`,
);

/** Finds the decimal mark by the numbers that can only be read one way. */
export function detectDecimalMark(rows: readonly (readonly string[])[]): DecimalGuess {
  let commas = 0;
  let points = 0;
  let example = '';
  for (const row of rows) {
    for (const cell of row) {
      if (cell.includes(',') && COMMA.test(cell)) {
        commas++;
        example ||= cell.trim();
      } else if (cell.includes('.') && POINT.test(cell)) points++;
    }
  }
  if (commas > points) return { decimal: ',', evidence: `numbers are written like ${example}` };
  return { decimal: '.', evidence: points > 0 ? 'numbers are written with a point' : 'no number says otherwise' };
}
