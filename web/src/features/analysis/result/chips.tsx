import type { ReactNode } from 'react';
import { Badge, type Tone } from '@/components/ui/badge';
import { useMediaQuery } from '@/lib/use-media-query';
import type { Insight, Level, Meaning, Pattern, Principle } from './lineage';
import { PlaceLink, roomForBoth, useReading } from './reading';

/** Ways to what something rests on, or to what rests on it. */
export function Ways({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1 text-[13px]">
      <span className="text-muted-foreground">{label}</span>
      {children}
    </div>
  );
}

function Way({ level, id, children }: { level: Level; id: string; children: ReactNode }) {
  const isBeside = useMediaQuery(roomForBoth);
  return (
    <PlaceLink
      anew
      to={{ show: level, item: id, ...(!isBeside && { at: '' }) }}
      className="max-w-full truncate rounded-full border px-2 py-0.5 text-xs hover:bg-muted"
    >
      {children}
    </PlaceLink>
  );
}

export function PatternWays({ patterns, label = 'Patterns' }: { patterns: readonly Pattern[]; label?: string }) {
  if (patterns.length === 0) return null;
  return (
    <Ways label={label}>
      {patterns.map(({ pattern_id: id, theme }) => (
        <Way key={id} level="patterns" id={id}>
          {theme}
        </Way>
      ))}
    </Ways>
  );
}

export function InsightWays({ insights, label = 'Insights' }: { insights: readonly Insight[]; label?: string }) {
  const { result } = useReading();
  if (insights.length === 0) return null;
  return (
    <Ways label={label}>
      {insights.map((insight) => (
        <Way key={insight.insight_id} level="insights" id={insight.insight_id}>
          Insight {result.insights.indexOf(insight) + 1}
        </Way>
      ))}
    </Ways>
  );
}

export function PrincipleWays({
  principles,
  label = 'Principles',
}: {
  principles: readonly Principle[];
  label?: string;
}) {
  if (principles.length === 0) return null;
  return (
    <Ways label={label}>
      {principles.map(({ principle_id: id, priority, statement }) => (
        <Way key={id} level="principles" id={id}>
          {priority.rank}. {statement}
        </Way>
      ))}
    </Ways>
  );
}

const sentiments: Readonly<Record<Meaning['sentiment']['label'], { readonly tone: Tone; readonly word: string }>> = {
  positive: { tone: 'success', word: 'Favourable' },
  negative: { tone: 'danger', word: 'Unfavourable' },
  mixed: { tone: 'warning', word: 'Mixed' },
  neutral: { tone: 'neutral', word: 'Neutral' },
};

export function SentimentBadge({ sentiment: { label, score } }: Pick<Meaning, 'sentiment'>) {
  const { tone, word } = sentiments[label];
  return (
    <Badge tone={tone} title={`${score.toFixed(2)}, from -1 to 1`}>
      {word}
    </Badge>
  );
}

const confidences: Readonly<Record<Insight['confidence']['level'], Tone>> = {
  high: 'success',
  medium: 'accent',
  low: 'neutral',
};

export function ConfidenceBadge({ confidence: { level, reason } }: Pick<Insight, 'confidence'>) {
  return (
    <Badge tone={confidences[level]} title={reason}>
      {level[0]!.toUpperCase() + level.slice(1)} confidence
    </Badge>
  );
}

const priorities: Readonly<Record<Principle['priority']['level'], { readonly tone: Tone; readonly word: string }>> = {
  must: { tone: 'danger', word: 'Must' },
  should: { tone: 'warning', word: 'Should' },
  could: { tone: 'neutral', word: 'Could' },
};

export function PriorityBadge({ priority: { level, reason } }: Pick<Principle, 'priority'>) {
  const { tone, word } = priorities[level];
  return (
    <Badge tone={tone} title={reason}>
      {word}
    </Badge>
  );
}
