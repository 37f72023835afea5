'use client';

import { ChartNoAxesCombined } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { toast } from 'sonner';
import { EmptyState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { cn } from '@/lib/cn';
import { formatNumber } from '@/lib/format';
import { patiently } from '@/lib/patiently';
import { isNumeric, type ResultColumn, type ResultRow } from '../result-grid/cells';
import { type ChartChoice, type ChartSpec, choiceFor, choiceOfSpec, hasRepeats } from './chart-choice';
import { ChartControls, SaveChart } from './chart-controls';
import { summaryOf } from './chart-summary';
import { ChartTable } from './chart-table';
import type { DrawnChart } from './drawing';
import { savePng, saveSvg } from './save-chart';

const Drawing = dynamic(
  patiently(() => import('./drawing')),
  {
    ssr: false,
    loading: () => <Skeleton className="h-full w-full" />,
  },
);

export interface ResultChartProps {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly ResultRow[];
  /** Rows of the whole result, when `rows` are only the first of them. */
  readonly rowCount?: number;
  /** As an answer of the chat wants it drawn; by rule without. */
  readonly spec?: unknown;
  /** What the reader has chosen, where somebody else keeps it; `onChange` tells of changes. */
  readonly choice?: ChartChoice;
  readonly onChange?: (choice: ChartChoice) => void;
  /** Name of saved pictures. */
  readonly name?: string;
  /** Of the whole, such as `h-full`; the chart is 20 rem high by itself. */
  readonly className?: string;
}

/** A result as a chart that can be adjusted, saved, and read without seeing it. */
export function ResultChart({ columns, rows, rowCount, spec, choice, onChange, name, className }: ResultChartProps) {
  const suggested = useMemo(
    () => (spec ? choiceOfSpec(spec as ChartSpec, columns) : undefined) ?? choiceFor(columns, rows),
    [spec, columns, rows],
  );
  const [own, setOwn] = useState<ChartChoice>();
  const drawn = useRef<DrawnChart>(null);
  const current = choice ?? own ?? suggested ?? anyChoice(columns, rows);
  const summary = useMemo(() => current && summaryOf(current, columns, rows), [current, columns, rows]);
  if (!current || !summary) {
    return (
      <EmptyState icon={ChartNoAxesCombined} title="Nothing to draw" className={className}>
        A chart needs at least two rows and a column of numbers.
      </EmptyState>
    );
  }
  const change = (next: ChartChoice) => (onChange ?? setOwn)(next);
  const save = (how: typeof savePng | typeof saveSvg) => async () => {
    try {
      if (drawn.current) await how(drawn.current, name ?? 'chart');
    } catch {
      toast.error('The picture could not be made', { description: 'Try the other format.' });
    }
  };
  return (
    <figure className={cn('flex min-h-0 flex-col rounded-lg border bg-surface', className)}>
      <div className="flex flex-wrap items-center gap-2 px-2 pt-2">
        <ChartNotes current={current} rows={rows} rowCount={rowCount} />
        <div className="ml-auto flex items-center gap-1">
          <ChartControls choice={current} columns={columns} rows={rows} onChange={change} />
          <SaveChart onPng={() => void save(savePng)()} onSvg={() => void save(saveSvg)()} />
        </div>
      </div>
      <div className="h-80 min-h-0 flex-auto p-2">
        <Drawing choice={current} columns={columns} rows={rows} summary={summary} drawn={drawn} />
      </div>
      <ChartTable choice={current} columns={columns} rows={rows} summary={summary} />
    </figure>
  );
}

/** What keeps a chart from being the whole truth. */
function ChartNotes({
  current,
  rows,
  rowCount = rows.length,
}: {
  current: ChartChoice;
  rows: readonly ResultRow[];
  rowCount?: number;
}) {
  const notes: ReactNode[] = [];
  if (rows.length < rowCount)
    notes.push(`Drawn from the first ${formatNumber(rows.length)} of ${formatNumber(rowCount)} rows.`);
  if (hasRepeats(current, rows)) {
    notes.push(
      current.aggregate === 'none'
        ? 'Several rows share a place; the last one is shown.'
        : `Rows that share a place are combined (${current.aggregate}).`,
    );
  }
  return <p className="pl-1 text-xs text-muted-foreground">{notes.join(' ')}</p>;
}

/** For results that no rule would draw: the reader may still want to. */
function anyChoice(columns: readonly ResultColumn[], rows: readonly ResultRow[]): ChartChoice | undefined {
  const measure = columns.findIndex(({ type }) => isNumeric(type));
  if (measure < 0 || rows.length < 2) return undefined;
  const across = columns.findIndex((_, index) => index !== measure);
  return { type: 'bar', x: Math.max(across, 0), y: [measure], aggregate: 'none' };
}
