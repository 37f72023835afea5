import { stemKey } from '../../../translator/text/words.js';
import type { ValueLookup } from '../../../translator/translation.js';

/** A text of a statement that no column holds, with those that are nearly it. */
export interface UnknownLiteral {
  readonly literal: string;
  readonly nearest: readonly string[];
}

const longestLiteral = 100;

/** Why a statement may have found nothing: texts that are stored under another spelling, or not at all. */
export function unknownLiterals(sql: string, values: ValueLookup): readonly UnknownLiteral[] {
  const literals = [...sql.matchAll(/'((?:[^']|'')*)'/g)].map(([, text]) => text!.replaceAll("''", "'"));
  return [...new Set(literals)]
    .filter((text) => text.length <= longestLiteral && /\p{Letter}/u.test(text))
    .flatMap((literal) => {
      const stored = values.whole(stemKey(literal)).map(({ value }) => value);
      if (stored.includes(literal)) return [];
      const words = stored.length > 0 ? [] : values.similarWords(literal.toLowerCase()).slice(0, 3);
      const near = words.flatMap((word) => values.whole(stemKey(word)).map(({ value }) => value));
      return [{ literal, nearest: [...new Set([...stored, ...near])].slice(0, 4) }];
    });
}

/** The statement with the one text that is meant instead of one that no column holds; undefined when that is not certain. */
export function relinked(sql: string, unknown: readonly UnknownLiteral[]): string | undefined {
  const [only] = unknown;
  const [meant] = only?.nearest ?? [];
  if (unknown.length !== 1 || !only || only.nearest.length !== 1 || meant === undefined) return undefined;
  const written = (text: string) => `'${text.replaceAll("'", "''")}'`;
  return sql.replaceAll(written(only.literal), () => written(meant));
}
