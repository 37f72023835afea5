import type {
  Chunk,
  Insight,
  Interview,
  Meaning,
  Pattern,
  PriorityLevel,
  Principle,
  Transcript,
} from '../../../interviews/analysis.js';
import { confidenceOf } from '../../../interviews/confidence.js';
import { findQuote } from '../../../interviews/quotes.js';
import { mayBeQuoted } from '../../../interviews/speakers.js';
import { sentimentCounts, supportOf } from '../../../interviews/support.js';
import { timesAt } from '../../../interviews/times.js';
import type { InsightsAnswer, MeaningsAnswer, PatternsAnswer, PrinciplesAnswer } from './questions.js';

/** What stands up to a look at the interviews, and how many quotes did not. */
export interface CheckedMeanings {
  readonly meanings: readonly Omit<Meaning, 'meaning_id'>[];
  readonly droppedQuotes: number;
}

/** Keeps the meanings whose quote somebody who answers has said in their chunk, word for word. */
export function checkedMeanings(
  answer: MeaningsAnswer,
  interviews: readonly Interview[],
  transcripts: readonly Transcript[],
  chunks: readonly Chunk[],
): CheckedMeanings {
  const byId = new Map(chunks.map((chunk) => [chunk.chunk_id, chunk]));
  const meanings = answer.meanings.flatMap((meaning): Omit<Meaning, 'meaning_id'>[] => {
    const chunk = byId.get(meaning.chunk_id);
    if (!chunk) return [];
    const { interview, chunk_id } = chunk;
    const quote = quoteIn(meaning.quote, chunk, interviews[interview - 1]!, transcripts[interview - 1]!);
    if (!quote) return [];
    const { statement, theme, phrases, sentiment: label, sentiment_score: score, salience } = meaning;
    return [{ chunk_id, interview, statement, theme, phrases, sentiment: { label, score }, salience, quote }];
  });
  return { meanings, droppedQuotes: answer.meanings.length - meanings.length };
}

function quoteIn(
  quote: string,
  chunk: Chunk,
  interview: Interview,
  transcript: Transcript,
): Meaning['quote'] | undefined {
  const { text, turns } = transcript;
  for (const turn of turns) {
    const begin = Math.max(turn.start, chunk.start);
    const found =
      turn.start < chunk.end && turn.end > chunk.start && mayBeQuoted(interview, turn.speaker)
        ? findQuote(text.slice(begin, Math.min(turn.end, chunk.end)), quote)
        : undefined;
    if (!found) continue;
    const [start, end] = [begin + found.start, begin + found.end];
    const { speaker } = turn;
    return {
      text: text.slice(start, end),
      interview: chunk.interview,
      chunk_id: chunk.chunk_id,
      ...(speaker !== undefined && { speaker }),
      start,
      end,
      ...timesAt(transcript, start, end),
    };
  }
  return undefined;
}

/** Keeps the patterns of two meanings at least that there are; support and feelings are counted, not believed. */
export function checkedPatterns(answer: PatternsAnswer, meanings: readonly Meaning[]): Omit<Pattern, 'pattern_id'>[] {
  const byId = new Map(meanings.map((meaning) => [meaning.meaning_id, meaning]));
  return answer.patterns.flatMap(({ theme, summary, tension, tension_between, tension_and, ...pattern }) => {
    const ids = known(pattern.meanings, byId);
    if (ids.length < 2) return [];
    const members = ids.map((id) => byId.get(id)!);
    const between = known(tension_between, byId);
    const and = known(tension_and, byId).filter((id) => !between.includes(id));
    const isOpposed = tension.trim() !== '' && between.length > 0 && and.length > 0;
    return [
      {
        theme,
        summary,
        meanings: ids,
        support: supportOf(members),
        sentiment: sentimentCounts(members),
        tension: isOpposed ? { description: tension, between, and } : null,
      },
    ];
  });
}

/** Keeps the insights for which something speaks; how far they can be relied on is counted, not believed. */
export function checkedInsights(
  answer: InsightsAnswer,
  interviews: readonly Interview[],
  meanings: readonly Meaning[],
  patterns: readonly Pattern[],
): Omit<Insight, 'insight_id'>[] {
  const meaningById = new Map(meanings.map((meaning) => [meaning.meaning_id, meaning]));
  const patternById = new Map(patterns.map((pattern) => [pattern.pattern_id, pattern]));
  return answer.insights.flatMap(({ claim, gaps, ...insight }) => {
    const evidenceFor = known(insight.evidence_for, meaningById);
    const evidenceAgainst = known(insight.evidence_against, meaningById).filter((id) => !evidenceFor.includes(id));
    const explained = known(insight.patterns, patternById);
    if (evidenceFor.length === 0 || explained.length === 0) return [];
    const of = (ids: readonly string[]) => ids.map((id) => meaningById.get(id)!);
    return [
      {
        claim,
        patterns: explained,
        evidence_for: evidenceFor,
        evidence_against: evidenceAgainst,
        confidence: confidenceOf(of(evidenceFor), of(evidenceAgainst), interviews),
        gaps,
      },
    ];
  });
}

const levels: readonly PriorityLevel[] = ['must', 'should', 'could'];

/** Keeps the principles behind which there is an insight; of low confidence only, none is a must. */
export function checkedPrinciples(
  answer: PrinciplesAnswer,
  insights: readonly Insight[],
): Omit<Principle, 'principle_id'>[] {
  const byId = new Map(insights.map((insight) => [insight.insight_id, insight]));
  return answer.principles
    .flatMap(({ priority, priority_reason: reason, ...principle }) => {
      const behind = known(principle.insights, byId);
      if (behind.length === 0) return [];
      const isWeak = behind.every((id) => byId.get(id)!.confidence.level === 'low');
      const level = priority === 'must' && isWeak ? 'should' : priority;
      const told = level === priority ? reason : `${reason} Not a must, since confidence in what is behind it is low.`;
      return [{ ...principle, insights: behind, priority: { level, reason: told } }];
    })
    .sort((a, b) => levels.indexOf(a.priority.level) - levels.indexOf(b.priority.level))
    .map(({ priority, ...principle }, index) => ({ ...principle, priority: { rank: index + 1, ...priority } }));
}

/** Those ids that there are, each once. */
function known(ids: readonly string[], things: ReadonlyMap<string, unknown>): string[] {
  return [...new Set(ids)].filter((id) => things.has(id));
}
