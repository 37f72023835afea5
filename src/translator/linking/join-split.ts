import type { Schema } from '../schema/schema.js';
import { stem } from '../text/stem.js';
import type { Token } from '../text/tokens.js';

/** `co2` and `A12` come as letters and digits: one word again where the tables know it as one. */
export function joinSplit(tokens: readonly Token[], { vocabulary, values }: Schema): readonly Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const before = joined.at(-1);
    const whole =
      before && before.end === token.start && before.kind !== 'comma' && token.kind !== 'comma'
        ? before.lower + token.lower
        : undefined;
    const isMixed = whole !== undefined && /^[a-z]+\d+[a-z]*$/.test(whole);
    const isKnown = isMixed && (vocabulary.known.has(whole) || values.whole(whole).length > 0);
    if (!before || !isKnown) joined.push(token);
    else
      joined[joined.length - 1] = {
        ...before,
        text: before.text + token.text,
        lower: whole,
        stem: stem(whole),
        kind: 'word',
        end: token.end,
      };
  }
  return joined;
}
