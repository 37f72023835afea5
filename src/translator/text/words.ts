import { foldText } from '../../platform/text/fold-text.js';
import { stem } from './stem.js';

/** The words of a text without punctuation: `Take-off run` → `take off run`. */
export function wordsOf(text: string): readonly string[] {
  return foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/** The stems of a text's words: values that a question writes in another number or case have the same key. */
export function stemKey(text: string): string {
  return wordsOf(text).map(stem).join(' ');
}
