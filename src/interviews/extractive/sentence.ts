import type { Span } from '../analysis.js';

/** A phrase as it is compared, and as it was said. */
export interface Phrase {
  /** Lemmas, lower-case. */
  readonly key: string;
  readonly text: string;
}

/** A sentence with what a tagger sees in it. */
export interface TaggedSentence extends Span {
  readonly words: number;
  /** Lemmas of nouns, verbs and adjectives that say something. */
  readonly terms: readonly string[];
  /** Nouns, with the adjectives and nouns before them. */
  readonly phrases: readonly Phrase[];
  /** -1 to 1, by the words used. */
  readonly sentiment: number;
  readonly isQuestion: boolean;
}

/** Splits text into sentences and tags them; offsets count in the text. */
export type Tagger = (text: string) => readonly TaggedSentence[];

/** Groups the indexes of what is alike, given by the distances 0 to 1 between all; single ones are groups, too. */
export type Grouper = (distances: readonly (readonly number[])[]) => readonly (readonly number[])[];
