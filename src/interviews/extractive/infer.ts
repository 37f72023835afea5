import type { Chunk, Interview, Meaning, Quote, Sentiment, Transcript, Turn } from '../analysis.js';
import { mayBeQuoted } from '../speakers.js';
import { timesAt } from '../times.js';
import { salience } from './salience.js';
import type { Phrase, TaggedSentence, Tagger } from './sentence.js';
import { cosine, rarity, rounded, type Vector, vectorOf } from './weights.js';

/** A sentence of somebody who answers, in the chunk in which it is. */
interface Candidate {
  readonly chunk: Chunk;
  readonly turn: Turn;
  readonly sentence: TaggedSentence;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Scored extends Candidate {
  readonly salience: number;
  readonly score: number;
  readonly vector: Vector;
}

const fewestWords = 6;
const mostWords = 70;
/** Of a short interview more is looked at, of a long one there is enough. */
const tokensPerMeaning = { short: 50, long: 130 };
const fewChunks = 3;
const mostPerChunk = 5;
/** Sentences that are more alike than this say the same. */
const sameLikeness = 0.6;
const feeling = 0.15;

/**
 * What each chunk says, in its own words: the sentences of people who answer on which the interview turns most, each with
 * its telling phrase as theme and the feeling of its words. Nothing is said that nobody has said.
 */
export function inferExtractively(
  interviews: readonly Interview[],
  transcripts: readonly Transcript[],
  chunks: readonly Chunk[],
  tag: Tagger,
): Omit<Meaning, 'meaning_id'>[] {
  const candidates = chunks.flatMap((chunk) =>
    candidatesIn(chunk, interviews[chunk.interview - 1]!, transcripts[chunk.interview - 1]!, tag),
  );
  const rare = rarity(candidates.map(({ sentence }) => sentence.terms));
  const vectors = candidates.map(({ sentence }) => vectorOf(counted(sentence.terms), rare));
  const ranks = salience(vectors);
  const scored = candidates.map((candidate, index): Scored => {
    const rank = ranks[index]!;
    return { ...candidate, vector: vectors[index]!, salience: rank, score: scoreOf(candidate, rank) };
  });
  const phraseCounts = countPhrases(scored);
  return chunks.flatMap((chunk) =>
    chosen(
      scored.filter((each) => each.chunk === chunk),
      chunk.tokens / tokensPerMeaning[chunks.length > fewChunks ? 'long' : 'short'],
    )
      .sort((a, b) => a.start - b.start)
      .map((each) => meaningOf(each, transcripts[chunk.interview - 1]!, phraseCounts)),
  );
}

function candidatesIn(chunk: Chunk, interview: Interview, { text, turns }: Transcript, tag: Tagger): Candidate[] {
  const begin = chunk.start + chunk.overlap;
  return turns
    .filter(({ speaker, start, end }) => start < chunk.end && end > begin && mayBeQuoted(interview, speaker))
    .flatMap((turn) => {
      const from = Math.max(turn.start, begin);
      return tag(text.slice(from, Math.min(turn.end, chunk.end))).map((sentence): Candidate => {
        const start = from + sentence.start;
        const end = from + sentence.end;
        return { chunk, turn, sentence, start, end, text: text.slice(start, end) };
      });
    })
    .filter(({ sentence }) => !sentence.isQuestion && sentence.words >= fewestWords && sentence.terms.length >= 2);
}

/** Central, with feeling, in the first person, neither short nor endless. */
function scoreOf({ sentence, text }: Candidate, rank: number): number {
  const { words, sentiment, phrases } = sentence;
  const length = words > mostWords ? mostWords / words : Math.min(1, words / 12);
  const personal = /\b(I|we|my|our|me|us)\b/.test(text) ? 0.1 : 0;
  const bare = phrases.length === 0 ? -0.2 : 0;
  return (0.55 * rank + 0.4 * Math.min(1, Math.abs(sentiment)) + personal + bare) * length;
}

/** The best ones of a chunk that do not say the same. */
function chosen(scored: readonly Scored[], aim: number): Scored[] {
  const wanted = Math.min(mostPerChunk, Math.max(1, Math.round(aim)));
  const picked: Scored[] = [];
  for (const each of [...scored].sort((a, b) => b.score - a.score || a.start - b.start)) {
    if (picked.length === wanted) break;
    if (picked.every(({ vector }) => cosine(vector, each.vector) < sameLikeness)) picked.push(each);
  }
  return picked;
}

function countPhrases(scored: readonly Scored[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { sentence } of scored)
    for (const key of new Set(sentence.phrases.map((phrase) => phrase.key)))
      counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function meaningOf(
  each: Scored,
  transcript: Transcript,
  counts: ReadonlyMap<string, number>,
): Omit<Meaning, 'meaning_id'> {
  const { chunk, turn, sentence, start, end, text } = each;
  const phrases = telling(sentence.phrases, counts);
  const quote: Quote = {
    text,
    interview: chunk.interview,
    chunk_id: chunk.chunk_id,
    ...(turn.speaker !== undefined && { speaker: turn.speaker }),
    start,
    end,
    ...timesAt(transcript, start, end),
  };
  return {
    chunk_id: chunk.chunk_id,
    interview: chunk.interview,
    statement: text.replace(/\s+/g, ' '),
    theme: phrases[0]?.text ?? sentence.terms[0] ?? 'other',
    phrases: phrases.map((phrase) => phrase.text),
    sentiment: sentimentOf(sentence.sentiment),
    salience: rounded(each.salience),
    quote,
  };
}

/** Phrases that come again first; of these, the longer ones. */
function telling(phrases: readonly Phrase[], counts: ReadonlyMap<string, number>): Phrase[] {
  const weight = ({ key }: Phrase) => Math.log(1 + (counts.get(key) ?? 1)) * (key.includes(' ') ? 1.6 : 1);
  const unique = phrases.filter(({ key }, index) => phrases.findIndex((each) => each.key === key) === index);
  return unique.sort((a, b) => weight(b) - weight(a)).slice(0, 4);
}

export function sentimentOf(score: number): Sentiment {
  const label = score >= feeling ? 'positive' : score <= -feeling ? 'negative' : 'neutral';
  return { label, score: rounded(Math.max(-1, Math.min(1, score))) };
}

function counted(terms: readonly string[]): (readonly [string, number])[] {
  return terms.map((term) => [term, 1] as const);
}
