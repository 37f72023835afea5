'use client';

import dynamic from 'next/dynamic';
import { Skeleton } from '@/components/ui/skeleton';
import { patiently } from '@/lib/patiently';

const ResultGrid = dynamic(
  patiently(() => import('@/components/result-grid/result-grid').then((module) => module.ResultGrid)),
  {
    ssr: false,
    loading: () => <Skeleton className="h-full w-full" />,
  },
);

/** Header, status line and each row of the grid, in pixels. */
const aroundRows = 92;
const rowHeight = 32;
const tallest = 384;

/** The rows that an answer is about, as tall as they are, up to a point. */
export function AnswerRows({ queryId, rowCount }: { queryId: string; rowCount: number }) {
  return (
    <div className="p-2" style={{ height: Math.min(tallest, aroundRows + rowCount * rowHeight) }}>
      <ResultGrid queryId={queryId} label="Rows of the answer" className="h-full" />
    </div>
  );
}
