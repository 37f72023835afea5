import type { Chunk, Meaning, Pattern, Support, Tension } from '../analysis.js';
import { sentimentCounts, supportOf } from '../support.js';
import { tellingWords } from '../text/likeness.js';
import type { Grouper, Phrase, TaggedSentence, Tagger } from './sentence.js';
import { cosine, rarity, rounded, vectorOf } from './weights.js';

/** More than these are not compared: the work grows with their square. The most salient ones are. */
const mostCompared = 500;
/** What else is said in a chunk tells a little of what a sentence in it is about. */
const contextWeight = 0.15;
const phraseWeight = 2;
/** In so few chunks, what comes again may come again in one of them. */
const fewChunks = 3;
/** Feelings that are stronger than this, on both sides, are a tension. */
const opposed = 0.3;

interface Tagged {
  readonly meaning: Meaning;
  readonly sentences: readonly TaggedSentence[];
}

/**
 * Groups of meanings that share telling words, in two chunks at least where there are several, with what supports each and whether feelings about
 * it are opposed. Named by the phrase that most of them share.
 */
export function relateExtractively(
  meanings: readonly Meaning[],
  chunks: readonly Chunk[],
  tag: Tagger,
  group: Grouper,
): Omit<Pattern, 'pattern_id'>[] {
  const compared = [...meanings].sort((a, b) => b.salience - a.salience).slice(0, mostCompared);
  const tagged = compared.map((meaning): Tagged => ({ meaning, sentences: tag(meaning.statement) }));
  const rare = rarity(tagged.map(({ sentences }) => termsOf(sentences)));
  const contexts = new Map(chunks.map(({ chunk_id, text }) => [chunk_id, [...new Set(termsOf(tag(text)))]]));
  const vectors = tagged.map(({ meaning, sentences }) => {
    const own = termsOf(sentences).map((term) => [term, 1] as const);
    const phrases = phrasesOf(sentences).map(({ key }) => [key, phraseWeight / (key.split(' ').length + 1)] as const);
    const context = (contexts.get(meaning.chunk_id) ?? []).map((term) => [term, contextWeight] as const);
    return vectorOf([...own, ...phrases, ...context], rare);
  });
  const distances = vectors.map((one) => vectors.map((other) => (one === other ? 0 : 1 - cosine(one, other))));
  return group(distances)
    .map((indexes) => indexes.map((index) => tagged[index]!))
    .filter((members) => members.length >= 2 && chunksOf(members) >= Math.min(2, chunks.length - fewChunks))
    .map((members) => patternOf(members, rare))
    .sort((a, b) => weightOf(b) - weightOf(a));
}

function chunksOf(members: readonly Tagged[]): number {
  return new Set(members.map(({ meaning }) => meaning.chunk_id)).size;
}

function patternOf(members: readonly Tagged[], rare: (term: string) => number): Omit<Pattern, 'pattern_id'> {
  const meanings = members.map(({ meaning }) => meaning).sort((a, b) => b.salience - a.salience);
  const theme = themeOf(members, rare);
  const support = supportOf(meanings);
  const sentiment = sentimentCounts(meanings);
  return {
    theme,
    summary: summaryOf(theme, support, sentiment),
    meanings: meanings.map(({ meaning_id }) => meaning_id),
    support,
    sentiment,
    tension: tensionOf(theme, meanings),
  };
}

/** The phrase, else the word, that most of them share; rare ones tell more. */
function themeOf(members: readonly Tagged[], rare: (term: string) => number): string {
  const found = new Map<string, { count: number; text: string; salience: number }>();
  for (const { meaning, sentences } of members) {
    const unique = new Map(phrasesOf(sentences).map((phrase) => [phrase.key, phrase]));
    for (const { key, text } of unique.values()) {
      const before = found.get(key);
      const salience = Math.max(before?.salience ?? 0, meaning.salience);
      found.set(key, { count: (before?.count ?? 0) + 1, text: before?.text ?? text, salience });
    }
  }
  const score = ([key, { count, salience }]: readonly [string, { count: number; salience: number }]) => {
    const rareness = Math.max(...key.split(' ').map(rare));
    return (count - 0.5) * rareness * (key.includes(' ') ? 1.5 : 1) + 0.1 * salience;
  };
  const [best] = [...found].sort((a, b) => score(b) - score(a) || (a[0] < b[0] ? -1 : 1));
  return best?.[1].text ?? members[0]!.meaning.theme;
}

function summaryOf(theme: string, { meanings, chunks }: Support, { positive, negative }: Pattern['sentiment']): string {
  const words = [
    ...(positive > 0 ? [`${positive} in favourable words`] : []),
    ...(negative > 0 ? [`${negative} in unfavourable ones`] : []),
  ];
  const feeling = words.length === 0 ? 'none in words of praise or blame' : words.join(', ');
  return `${meanings} statements in ${chunks} parts of the interviews share words about “${theme}”: ${feeling}.`;
}

function tensionOf(theme: string, meanings: readonly Meaning[]): Tension | null {
  const side = (sign: 1 | -1) =>
    meanings.filter(({ sentiment }) => sentiment.score * sign >= opposed).map(({ meaning_id }) => meaning_id);
  const [between, and] = [side(1), side(-1)];
  if (between.length === 0 || and.length === 0) return null;
  const description = `By their words, ${between.length} of the statements about “${theme}” are favourable and ${and.length} unfavourable.`;
  return { description, between, and };
}

/** By how much of it there is, and how many say it. */
function weightOf({ support }: Pick<Pattern, 'support'>): number {
  return rounded(support.meanings + 2 * support.speakers + 3 * support.interviews);
}

function termsOf(sentences: readonly TaggedSentence[]): readonly string[] {
  return sentences.flatMap(({ terms }) => terms);
}

function phrasesOf(sentences: readonly TaggedSentence[]): readonly Phrase[] {
  return sentences.flatMap(({ phrases }) => phrases).filter(({ key }) => tellingWords(key).size > 0);
}
