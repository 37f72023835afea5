'use client';

import dynamic from 'next/dynamic';
import { Skeleton } from '@/components/ui/skeleton';
import { patiently } from '@/lib/patiently';
import type { ChartSpec } from './answer';

const QueryChart = dynamic(
  patiently(() => import('@/components/chart/query-chart').then((module) => module.QueryChart)),
  {
    ssr: false,
    loading: () => <Skeleton className="h-full w-full" />,
  },
);

/** An answer's result as it is to be drawn. */
export function AnswerChart({ chart }: { chart: ChartSpec }) {
  return (
    <div className="h-80 p-2">
      <QueryChart queryId={chart.query_id} spec={chart} className="h-full border-0" />
    </div>
  );
}
