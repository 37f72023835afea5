import type { Insight, Meaning, Pattern, PriorityLevel, Principle } from '../analysis.js';
import { type Feeling, prevailing, shortened } from './explain.js';

const mostPrinciples = 8;

type Stance = Feeling | 'torn' | 'neutral';

/** Beginnings for a designer to work on, by how people speak of a theme; the theme is the only thing that is filled in. */
const wordings: Readonly<
  Record<Stance, { statement: (theme: string) => string; question: (theme: string) => string }>
> = {
  negative: {
    statement: (theme) => `Take the trouble out of “${theme}”`,
    question: (theme) => `How might we spare people what they tell of “${theme}”?`,
  },
  positive: {
    statement: (theme) => `Keep what people value about “${theme}”`,
    question: (theme) => `How might we give more people what some value about “${theme}”?`,
  },
  torn: {
    statement: (theme) => `Let people choose how they deal with “${theme}”`,
    question: (theme) => `How might we serve both those who speak well of “${theme}” and those who do not?`,
  },
  neutral: {
    statement: (theme) => `Make room for “${theme}”`,
    question: (theme) => `How might we find out what “${theme}” means to the people who keep coming back to it?`,
  },
};

/** Where something hurts comes first, then what divides people. */
const urgency: Readonly<Record<Stance, number>> = { negative: 0.4, torn: 0.3, positive: 0.15, neutral: 0 };

/** A principle for each of the insights that weigh most. */
export function activateExtractively(
  meanings: readonly Meaning[],
  patterns: readonly Pattern[],
  insights: readonly Insight[],
): Omit<Principle, 'principle_id'>[] {
  const patternById = new Map(patterns.map((pattern) => [pattern.pattern_id, pattern]));
  const meaningById = new Map(meanings.map((meaning) => [meaning.meaning_id, meaning]));
  return insights
    .flatMap((insight) => {
      const pattern = patternById.get(insight.patterns[0] ?? '');
      const telling = meaningById.get(insight.evidence_for[0] ?? '');
      if (!pattern || !telling) return [];
      const stance = stanceOf(pattern);
      return [{ insight, pattern, telling, stance, weight: insight.confidence.score + urgency[stance] }];
    })
    .sort((a, b) => b.weight - a.weight)
    .slice(0, mostPrinciples)
    .map(({ insight, pattern: { theme }, telling, stance, weight }, index) => ({
      statement: wordings[stance].statement(theme),
      rationale: `${insight.confidence.reason[0]!.toUpperCase()}${insight.confidence.reason.slice(1)}. In somebody’s own words: “${shortened(telling.statement)}”`,
      insights: [insight.insight_id],
      how_might_we: wordings[stance].question(theme),
      priority: {
        rank: index + 1,
        level: levelOf(weight, insight),
        reason: `${reasons[stance]}; confidence is ${insight.confidence.level}`,
      },
    }));
}

const reasons: Readonly<Record<Stance, string>> = {
  negative: 'People speak of it with trouble',
  torn: 'People feel differently about it',
  positive: 'People speak well of it',
  neutral: 'People come back to it, with no feeling that their words tell',
};

function stanceOf(pattern: Pattern): Stance {
  return pattern.tension ? 'torn' : (prevailing(pattern) ?? 'neutral');
}

/** What is not well supported is no must. */
function levelOf(weight: number, { confidence }: Insight): PriorityLevel {
  if (weight >= 0.9 && confidence.level !== 'low') return 'must';
  return weight >= 0.6 ? 'should' : 'could';
}
