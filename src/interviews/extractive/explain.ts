import type { Insight, Interview, Meaning, Pattern } from '../analysis.js';
import { confidenceOf, count } from '../confidence.js';

const mostInsights = 12;
/** One statement in words of praise or blame is no feeling of the whole. */
const fewestFelt = 2;

/**
 * What the patterns come to, as counts that can be checked: what is said most about each theme, who says so, what speaks
 * against it, and what nobody has said.
 */
export function explainExtractively(
  interviews: readonly Interview[],
  meanings: readonly Meaning[],
  patterns: readonly Pattern[],
): Omit<Insight, 'insight_id'>[] {
  const byId = new Map(meanings.map((meaning) => [meaning.meaning_id, meaning]));
  return patterns.slice(0, mostInsights).map((pattern) => {
    const members = pattern.meanings.flatMap((id) => byId.get(id) ?? []);
    const feeling = prevailing(pattern);
    const isAgainst = ({ sentiment }: Meaning) => feeling !== undefined && sentiment.label === opposite[feeling];
    const evidenceFor = members.filter((meaning) => !isAgainst(meaning));
    const evidenceAgainst = members.filter(isAgainst);
    return {
      claim: claimOf(pattern, feeling, evidenceFor[0]!),
      patterns: [pattern.pattern_id],
      evidence_for: evidenceFor.map(({ meaning_id }) => meaning_id),
      evidence_against: evidenceAgainst.map(({ meaning_id }) => meaning_id),
      confidence: confidenceOf(evidenceFor, evidenceAgainst, interviews),
      gaps: gapsOf(pattern, interviews, feeling),
    };
  });
}

export type Feeling = 'positive' | 'negative';

const opposite = { positive: 'negative', negative: 'positive' } as const;

/** The feeling that several statements have, and more than have the other one; undefined where neither prevails. */
export function prevailing({ sentiment }: Pick<Pattern, 'sentiment'>): Feeling | undefined {
  const { positive, negative } = sentiment;
  if (positive === negative || Math.max(positive, negative) < fewestFelt) return undefined;
  return positive > negative ? 'positive' : 'negative';
}

function claimOf({ theme, support, sentiment }: Pattern, feeling: Feeling | undefined, telling: Meaning): string {
  const who = support.speakers > 1 ? `${support.speakers} people` : 'One person';
  const told = `${who} ${support.speakers > 1 ? 'come' : 'comes'} back to “${theme}” in ${count(support.chunks, 'part')} of the interviews`;
  const how =
    feeling === undefined
      ? 'without a prevailing feeling'
      : `more in ${feeling === 'positive' ? 'favourable' : 'unfavourable'} words than not (${sentiment[feeling]} of ${support.meanings})`;
  return `${told}, ${how}. Most telling: “${shortened(telling.statement)}”`;
}

function gapsOf(pattern: Pattern, interviews: readonly Interview[], feeling: Feeling | undefined): string[] {
  const { support, tension } = pattern;
  return [
    ...(support.speakers < 2 ? ['Whether anybody else would say so: only one person does.'] : []),
    ...(interviews.length > 1 && support.interviews < interviews.length
      ? [`Why ${count(interviews.length - support.interviews, 'interview')} did not come to it.`]
      : []),
    ...(tension ? ['What makes the difference between those who speak well of it and those who do not.'] : []),
    ...(feeling === undefined && !tension ? ['How people feel about it: their words do not tell.'] : []),
  ];
}

export function shortened(text: string, length = 220): string {
  if (text.length <= length) return text;
  const space = text.lastIndexOf(' ', length - 1);
  return `${text.slice(0, space > 0 ? space : length - 1)}…`;
}
