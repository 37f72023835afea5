'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { ProblemNote } from '@/components/ui/problem-note';
import { Skeleton } from '@/components/ui/skeleton';
import { api, ask } from '@/lib/api/client';
import type { ChartSpec } from './answer';

const ResultChart = dynamic(() => import('@/components/chart/result-chart').then((module) => module.ResultChart), {
  ssr: false,
  loading: () => <Skeleton className="h-full w-full" />,
});

/** Answers are drawn when they have few rows; a chart holds none itself. */
const mostRows = 1000;

/** An answer's result as it is to be drawn. */
export function AnswerChart({ chart }: { chart: ChartSpec }) {
  const { query_id } = chart;
  const result = useQuery({
    queryKey: ['query-results', query_id, mostRows],
    queryFn: () =>
      ask(
        api.GET('/api/v1/queries/{query_id}/results', {
          params: { path: { query_id }, query: { limit: mostRows } },
        }),
      ),
    staleTime: Infinity,
  });
  return (
    <div className="h-80 p-2">
      {result.error ? (
        <ProblemNote error={result.error} onRetry={() => void result.refetch()} />
      ) : result.data ? (
        <ResultChart columns={result.data.columns} rows={result.data.rows} spec={chart} className="h-full border-0" />
      ) : (
        <Skeleton className="h-full w-full" />
      )}
    </div>
  );
}
