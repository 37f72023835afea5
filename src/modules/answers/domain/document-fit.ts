import { searchTerms } from '../../../platform/text/search-terms.js';
import type { SearchHit } from '../../search/search.dto.js';

/** How well a passage fits a question, in words of the question that say what it is about. */
export interface DocumentFit {
  /** How many there are. */
  readonly asked: number;
  /** Those by which the document is named: its author, place, source and kind. */
  readonly named: number;
  /** Of the others, those that the passage, or the title above it, has. */
  readonly said: number;
}

/** How much of a question its documents must have: where tables have an answer of their own it is more. */
export type LeastFit = 'most' | 'half';

/** They speak of asking and of writing itself: what people wrote need not have them. */
const ofAsking = termsOf(
  `show shows list lists give find get display know ask asked write writes wrote written writing mention mentions mentioned
  talk talked speak spoke discuss discussed comment commented post posted`,
);

/** A passage that has much less than the best one adds nothing to it. */
const leastOfBest = 0.8;

export function fitOf(
  { author, container, source, kind, title, why }: SearchHit,
  words: readonly string[],
): DocumentFit {
  const telling = words.filter((word) => !ofAsking.has(word));
  const names = termsOf([author, container, source.name, source.kind, kind.replace('_', ' ')].join(' '));
  const has = new Set([...why.words, ...termsOf(title ?? '')]);
  const others = telling.filter((word) => !names.has(word));
  const said = others.filter((word) => has.has(word)).length;
  return { asked: telling.length, named: telling.length - others.length, said };
}

/** The hits that say what was asked, those with most of its words first. */
export function fitting(hits: readonly SearchHit[], words: readonly string[], least: LeastFit): readonly SearchHit[] {
  const fits = hits
    .map((hit) => ({ hit, fit: fitOf(hit, words) }))
    .filter(({ fit }) => isEnough(fit, least))
    .map(({ hit, fit: { named, said } }) => ({ hit, worth: named + said }))
    .sort((one, other) => other.worth - one.worth);
  const best = fits[0]?.worth ?? 0;
  return fits.filter(({ worth }) => worth >= best * leastOfBest).map(({ hit }) => hit);
}

/** By less it may be chance. */
function isEnough({ asked, named, said }: DocumentFit, least: LeastFit): boolean {
  const share = said / (asked - named);
  if (least === 'most') return said >= 2 && named + said >= 3 && share >= 0.8;
  return said >= 1 && named + said >= Math.min(2, asked) && share >= 0.6;
}

function termsOf(text: string): ReadonlySet<string> {
  return new Set([...searchTerms(text)].map(({ term }) => term));
}
