import { foldText } from '../../platform/text/fold-text.js';
import { stem } from './stem.js';

/** A word, number, date or quoted text of a question. */
export interface Token {
  /** As the person wrote it. */
  readonly text: string;
  /** Without case and accents. */
  readonly lower: string;
  readonly stem: string;
  readonly kind: 'word' | 'number' | 'date' | 'quoted' | 'comma';
  /** Place in the question, counted in characters. */
  readonly start: number;
  readonly end: number;
}

const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:can't|cannot)\b/giu, 'can not'],
  [/\bwon't\b/giu, 'will not'],
  [/n['’]t\b/giu, ' not'],
  [/\b(what|who|where|when|how|that|there|it)['’]?s\b(?=\s)/giu, '$1 is'],
  [/\b(how) (much|many) is\b/giu, '$1 $2 is'],
  [/['’](?:s|re|ve|ll|d|m)\b/giu, ''],
];

const PIECE =
  /"(?<double>[^"]+)"|“(?<curly>[^”]+)”|(?<=^|\s)'(?<single>[^']+)'(?=[\s?.,!]|$)|(?<date>\d{4}-\d{2}-\d{2})|(?<number>\d[\d,]*(?:\.\d+)?(?![\d]))|(?<word>[\p{L}\p{M}]+)|(?<symbol>[%$€£])|(?<comma>[,;:]|\bi\.e\.)/gu;

/** Splits a question. Hyphens separate, so that `3-cylinder` is a number and a word. */
export function tokenise(question: string): readonly Token[] {
  const text = CONTRACTIONS.reduce((result, [pattern, by]) => result.replace(pattern, by), question);
  return [...text.matchAll(PIECE)].map((match, index, all) => token(match, all[index - 1]));
}

function token(match: RegExpExecArray, before: RegExpExecArray | undefined): Token {
  const groups = match.groups ?? {};
  const quoted = groups['double'] ?? groups['curly'] ?? groups['single'];
  const text = quoted ?? match[0];
  const number = groups['number'];
  const lower = foldText(number ? number.replace(/,(?=\d{3})/g, '').replace(/,$/, '') : text);
  const glued = number === undefined && before?.groups?.['number'] && before.index + before[0].length === match.index;
  const kind = quoted
    ? 'quoted'
    : groups['date']
      ? 'date'
      : number
        ? 'number'
        : groups['comma']
          ? 'comma'
          : ('word' as const);
  return {
    text,
    lower: glued ? ordinalSuffix(lower) : lower,
    stem: stem(lower),
    kind,
    start: match.index,
    end: match.index + match[0].length,
  };
}

/** `5k` and `3m` come as a number and a letter. */
function ordinalSuffix(letters: string): string {
  return letters === 'm' ? 'million' : letters === 'b' ? 'billion' : letters;
}
