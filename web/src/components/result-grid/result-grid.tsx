'use client';

import { type ReactNode, useMemo } from 'react';
import { ProblemNote } from '@/components/ui/problem-note';
import { Skeleton } from '@/components/ui/skeleton';
import type { ResultColumn, ResultRow } from './cells';
import { GridView } from './grid-view';
import { useQuerySource } from './query-source';
import { type ResultSource, sourceOf } from './result-source';

interface Looks {
  /** What the grid shows, for those who do not see it. */
  readonly label?: string;
  /** Give it a height, such as `h-full` or `max-h-96`: a result may have a million rows. */
  readonly className?: string;
  /** More at the right end under the grid. */
  readonly children?: ReactNode;
}

export type ResultGridProps = Looks &
  (
    | { readonly queryId: string }
    | { readonly source: ResultSource; readonly truncated?: boolean }
    | { readonly columns: readonly ResultColumn[]; readonly rows: readonly ResultRow[]; readonly truncated?: boolean }
  );

/** The rows of a query by its id, of a source, or those given: a grid to scroll, sort, select and copy from. */
export function ResultGrid({ label = 'Result', className, children, ...what }: ResultGridProps) {
  const looks = { label, className, children };
  if ('queryId' in what) return <QueryGrid key={what.queryId} queryId={what.queryId} {...looks} />;
  if ('source' in what) return <GridView source={what.source} truncated={what.truncated ?? false} {...looks} />;
  return <GivenRows {...what} {...looks} />;
}

function GivenRows({
  columns,
  rows,
  truncated = false,
  ...looks
}: {
  columns: readonly ResultColumn[];
  rows: readonly ResultRow[];
  truncated?: boolean;
  label: string;
}) {
  const source = useMemo(() => sourceOf(columns, rows), [columns, rows]);
  return <GridView source={source} truncated={truncated} {...looks} />;
}

function QueryGrid({ queryId, ...looks }: { queryId: string; label: string } & Looks) {
  const { query, source, error, refetch } = useQuerySource(queryId);
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!query) return <Skeleton className="h-64 w-full rounded-lg" />;
  if (!source) return <ProblemNote error={new Error(`This query ${query.state}; there are no rows to show.`)} />;
  return <GridView source={source} truncated={query.truncated} {...looks} />;
}
