'use client';

import { formatCount } from '@/lib/format';
import { ConfidenceBadge, PatternWays, PrincipleWays } from './chips';
import { Evidence, InsightEvidence } from './evidence';
import { ItemCard } from './item-card';
import type { Insight } from './lineage';
import { useReading } from './reading';

export function Insights() {
  const { result } = useReading();
  return result.insights.map((insight, index) => (
    <InsightCard key={insight.insight_id} insight={insight} number={index + 1} />
  ));
}

function InsightCard({ insight, number }: { insight: Insight; number: number }) {
  const { lineage } = useReading();
  const { insight_id: id, claim, confidence, patterns, evidence_for: pro, evidence_against: contra } = insight;
  return (
    <ItemCard id={id}>
      <div className="flex flex-col-reverse items-start gap-x-3 gap-y-1 sm:flex-row sm:justify-between">
        <h2 className="font-medium break-words">
          <span className="text-muted-foreground tabular-nums">{number}.</span> {claim}
        </h2>
        <ConfidenceBadge confidence={confidence} />
      </div>
      <p className="text-sm break-words text-muted-foreground">{confidence.reason}.</p>
      <PatternWays patterns={patterns.flatMap((each) => lineage.patterns.get(each) ?? [])} label="From patterns" />
      <PrincipleWays principles={lineage.principlesFrom([id])} label="Leads to" />
      <Evidence id={id} label={`${formatCount(pro.length, 'quote')} for it, ${contra.length} against`}>
        <InsightEvidence insight={insight} />
      </Evidence>
    </ItemCard>
  );
}
