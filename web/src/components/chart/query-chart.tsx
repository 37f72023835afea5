'use client';

import { ProblemNote } from '@/components/ui/problem-note';
import { Skeleton } from '@/components/ui/skeleton';
import { cn } from '@/lib/cn';
import { useQuerySource } from '../result-grid/query-source';
import type { ResultSource } from '../result-grid/result-source';
import { useFirstRows } from '../result-grid/use-first-rows';
import { ResultChart, type ResultChartProps } from './result-chart';

/** A chart of more points could not be read, and would be slow. */
const mostDrawnRows = 5000;

type Looks = Omit<ResultChartProps, 'columns' | 'rows' | 'rowCount'>;

/** The chart of a query by its id; of a large result its first rows. */
export function QueryChart({ queryId, ...looks }: { queryId: string } & Looks) {
  const { query, source, error, refetch } = useQuerySource(queryId);
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (query && !source)
    return <ProblemNote error={new Error(`This query ${query.state}; there is nothing to draw.`)} />;
  return <SourceChart source={source} {...looks} />;
}

/** The same of rows that are here, or on their way. */
export function SourceChart({ source, ...looks }: { source: ResultSource | undefined } & Looks) {
  const { rows, problem, retry } = useFirstRows(source, mostDrawnRows);
  if (problem) return <ProblemNote error={problem} onRetry={retry} />;
  if (!source || !rows) return <Skeleton className={cn('h-96', looks.className)} />;
  return <ResultChart columns={source.columns} rows={rows} rowCount={source.rowCount} {...looks} />;
}
