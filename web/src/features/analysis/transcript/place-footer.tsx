'use client';

import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { InsightWays, PatternWays, PrincipleWays } from '../result/chips';
import { useReading } from '../result/reading';
import { evidenceShown } from './use-marks';

/** What the quote that is looked at has led to, and the ways to the next and the last one. */
export function PlaceFooter() {
  const { result, lineage, view, go } = useReading();
  const meaning = lineage.meanings.get(view.at);
  if (!meaning) return null;
  const insights = lineage.insightsWith(view.at);
  const open = evidenceShown(lineage, view);
  const series = open.includes(view.at) ? open : result.meanings.map(({ meaning_id: id }) => id);
  const place = series.indexOf(view.at);
  const patterns = lineage.patternsWith(view.at);
  return (
    <div className="flex max-h-2/5 flex-col gap-2 overflow-y-auto border-t px-4 py-3">
      <div className="flex items-center gap-1">
        <span role="status" className="mr-auto text-[13px] text-muted-foreground tabular-nums">
          Quote {place + 1} of {series.length}
        </span>
        <Step label="Previous quote" to={series[place - 1]} icon={ChevronUp} />
        <Step label="Next quote" to={series[place + 1]} icon={ChevronDown} />
        <Button
          variant="ghost"
          size="icon-small"
          aria-label="Leave the quote"
          title="Leave it"
          onClick={() => go({ at: '' })}
        >
          <X />
        </Button>
      </div>
      {patterns.length === 0 && insights.length === 0 && (
        <p className="text-[13px] text-muted-foreground">No pattern has it: nothing like it was said elsewhere.</p>
      )}
      <PatternWays patterns={patterns} />
      <InsightWays insights={insights} />
      <PrincipleWays principles={lineage.principlesFrom(insights.map(({ insight_id: id }) => id))} />
    </div>
  );
}

function Step({ label, to, icon: Icon }: { label: string; to: string | undefined; icon: typeof ChevronUp }) {
  const { go } = useReading();
  return (
    <Button
      variant="ghost"
      size="icon-small"
      aria-label={label}
      title={label}
      disabled={to === undefined}
      onClick={() => go({ at: to ?? '' })}
    >
      <Icon />
    </Button>
  );
}
