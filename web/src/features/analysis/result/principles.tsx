'use client';

import { formatCount } from '@/lib/format';
import { ConfidenceBadge, PatternWays, PriorityBadge } from './chips';
import { Evidence, InsightEvidence } from './evidence';
import { ItemCard } from './item-card';
import type { Insight, Principle } from './lineage';
import { useReading } from './reading';

export function Principles() {
  const { result } = useReading();
  const ranked = [...result.principles].sort((one, other) => one.priority.rank - other.priority.rank);
  return ranked.map((principle) => <PrincipleCard key={principle.principle_id} principle={principle} />);
}

function PrincipleCard({ principle }: { principle: Principle }) {
  const { lineage } = useReading();
  const { principle_id: id, statement, rationale, how_might_we: question, priority, insights } = principle;
  const known = insights.flatMap((each) => lineage.insights.get(each) ?? []);
  const quotes = lineage.evidenceOf('principles', id).length;
  return (
    <ItemCard id={id}>
      <div className="flex items-start justify-between gap-3">
        <h2 className="font-semibold break-words">
          <span className="text-muted-foreground tabular-nums">{priority.rank}.</span> {statement}
        </h2>
        <PriorityBadge priority={priority} />
      </div>
      <p className="text-sm break-words text-accent">{question}</p>
      <p className="text-sm break-words text-muted-foreground">{rationale}</p>
      <Evidence id={id} label={`${formatCount(known.length, 'insight')}, ${formatCount(quotes, 'quote')}`}>
        {known.map((insight) => (
          <InsightOf key={insight.insight_id} insight={insight} />
        ))}
      </Evidence>
    </ItemCard>
  );
}

/** An insight below the principle that rests on it. */
function InsightOf({ insight }: { insight: Insight }) {
  const { lineage } = useReading();
  const { claim, patterns, confidence } = insight;
  return (
    <section className="flex flex-col gap-3 border-l pl-4">
      <div className="flex flex-col-reverse items-start gap-x-3 gap-y-1 sm:flex-row sm:justify-between">
        <h3 className="text-sm font-medium break-words">{claim}</h3>
        <ConfidenceBadge confidence={confidence} />
      </div>
      <InsightEvidence insight={insight} />
      <PatternWays patterns={patterns.flatMap((id) => lineage.patterns.get(id) ?? [])} />
    </section>
  );
}
