'use client';

import { ChartColumn, RotateCw, Table2 } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { useMemo } from 'react';
import { SourceChart } from '@/components/chart/query-chart';
import { querySource } from '@/components/result-grid/query-source';
import { ResultGrid } from '@/components/result-grid/result-grid';
import { useSourceVersion } from '@/components/result-grid/use-source-version';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Popover } from '@/components/ui/popover';
import { ProblemNote } from '@/components/ui/problem-note';
import { Time } from '@/components/ui/time';
import { cn } from '@/lib/cn';
import { formatBytes, formatDuration, formatUsd } from '@/lib/format';
import type { ResultView as View } from '../tabs';
import type { FollowedQuery } from '../use-followed-query';
import { DownloadMenu } from './download-menu';

/** The result of a query that has succeeded, as a grid or as a chart. */
export function ResultView({
  query,
  view,
  name,
  isStale,
  onView,
  onRunAgain,
}: {
  query: FollowedQuery;
  view: View;
  name: string;
  /** Another run is about to take its place. */
  isStale: boolean;
  onView: (view: View) => void;
  onRunAgain: () => void;
}) {
  const source = useMemo(() => querySource(query), [query]);
  useSourceVersion(source);
  const isGone = source.problem?.slug === 'result-expired';
  return (
    <section aria-label="Result" className="flex h-full min-h-0 flex-col">
      <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1 text-[13px] text-muted-foreground">
        <ViewToggle view={view} onView={onView} />
        <Facts query={query} />
        <Warnings warnings={query.warnings} />
        <div className="ml-auto">
          <DownloadMenu queryId={query.query_id} name={name} />
        </div>
      </div>
      <div className={cn('min-h-0 flex-1 px-3 pb-3 transition-opacity', isStale && 'opacity-50')}>
        {isGone && (
          <ProblemNote error={source.problem}>
            <Button size="small" onClick={onRunAgain}>
              <RotateCw /> Run again
            </Button>
          </ProblemNote>
        )}
        {!isGone && query.row_count === 0 && <NoRows query={query} />}
        {!isGone && query.row_count !== 0 && view === 'table' && (
          <ResultGrid source={source} truncated={query.truncated} className="h-full max-md:h-[70dvh]" />
        )}
        {!isGone && query.row_count !== 0 && view === 'chart' && (
          <SourceChart source={source} name={name} className="h-full max-md:h-auto" />
        )}
      </div>
    </section>
  );
}

function ViewToggle({ view, onView }: { view: View; onView: (view: View) => void }) {
  const item =
    'inline-flex h-7 items-center gap-1.5 rounded px-2.5 text-[13px] text-muted-foreground data-[state=on]:bg-muted data-[state=on]:font-medium data-[state=on]:text-foreground [&_svg]:size-3.5';
  return (
    <ToggleGroup.Root
      type="single"
      aria-label="Show the result as"
      value={view}
      onValueChange={(next) => next && onView(next as View)}
      className="flex gap-0.5"
    >
      <ToggleGroup.Item value="table" className={item}>
        <Table2 aria-hidden /> Table
      </ToggleGroup.Item>
      <ToggleGroup.Item value="chart" className={item}>
        <ChartColumn aria-hidden /> Chart
      </ToggleGroup.Item>
    </ToggleGroup.Root>
  );
}

function Facts({ query }: { query: FollowedQuery }) {
  return (
    <p className="flex flex-wrap gap-x-3 tabular-nums">
      {query.duration_ms !== null && <span>{formatDuration(query.duration_ms)}</span>}
      <span>{formatBytes(query.bytes_scanned)} read</span>
      {query.cost_usd > 0 && <span>{formatUsd(query.cost_usd)}</span>}
      <span className="max-sm:hidden">
        <Time at={query.finished_at ?? query.created_at} />
      </span>
    </p>
  );
}

function Warnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <Popover
      label="Warnings"
      trigger={
        <Button variant="ghost" size="small" className="text-warning">
          {warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`}
        </Button>
      }
    >
      <ul className="flex flex-col gap-2">
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </Popover>
  );
}

function NoRows({ query }: { query: FollowedQuery }) {
  return (
    <EmptyState icon={Table2} title="No rows" className="h-full justify-center">
      The statement ran and nothing matched. Columns: {query.columns.map(({ name }) => name).join(', ')}.
    </EmptyState>
  );
}
