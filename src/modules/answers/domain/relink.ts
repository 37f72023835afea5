import { stemKey } from '../../../translator/text/words.js';
import type { ValueLookup } from '../../../translator/translation.js';

/** A text of a statement that no column holds, with those that are nearly it. */
export interface UnknownLiteral {
  readonly literal: string;
  readonly nearest: readonly string[];
}

const longestLiteral = 100;
const mostNearest = 4;
const literal = /'((?:[^']|'')*)'/g;
/** Where a statement compares columns with texts: other literals are units, formats and patterns. */
const compared = /(?:=|<>|!=)\s*'(?:[^']|'')*'|\bin\s*\(\s*'(?:[^']|'')*'(?:\s*,\s*'(?:[^']|'')*')*\s*\)/gi;

/** Why a statement may have found nothing: texts that are stored under another spelling, or not at all. */
export function unknownLiterals(sql: string, values: ValueLookup): readonly UnknownLiteral[] {
  const literals = [...sql.matchAll(compared)].flatMap(([comparison]) =>
    [...comparison.matchAll(literal)].map(([, text]) => text!.replaceAll("''", "'")),
  );
  return [...new Set(literals)]
    .filter((text) => text.length <= longestLiteral && /\p{Letter}/u.test(text))
    .flatMap((text) => {
      const isStored = values.whole(stemKey(text)).some(({ value }) => value === text);
      return isStored ? [] : [{ literal: text, nearest: nearestValues(text, values) }];
    });
}

/** Stored values that differ from a text in case, accents or number only, else in few letters. */
export function nearestValues(text: string, values: ValueLookup): readonly string[] {
  const stored = values.whole(stemKey(text)).map(({ value }) => value);
  const words = stored.length > 0 ? [] : values.similarWords(text.toLowerCase()).slice(0, mostNearest);
  const near = words.flatMap((word) => values.whole(stemKey(word)).map(({ value }) => value));
  return [...new Set([...stored, ...near])].slice(0, mostNearest);
}

/** The statement with the one text that is meant instead of one that no column holds; undefined when that is not certain. */
export function relinked(sql: string, unknown: readonly UnknownLiteral[]): string | undefined {
  const [only] = unknown;
  const [meant] = only?.nearest ?? [];
  if (unknown.length !== 1 || !only || only.nearest.length !== 1 || meant === undefined) return undefined;
  const written = (text: string) => `'${text.replaceAll("'", "''")}'`;
  return sql.replaceAll(written(only.literal), () => written(meant));
}
