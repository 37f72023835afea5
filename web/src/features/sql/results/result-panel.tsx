'use client';

import { TableProperties } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { ProblemNote } from '@/components/ui/problem-note';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { faultOfProblem } from '../faults';
import type { ResultView } from '../tabs';
import type { Start } from '../use-runs';
import { type FollowedQuery, isLive } from '../use-followed-query';
import { FailureNote } from './failure-note';
import { LiveState } from './live-state';
import { ResultView as Rows } from './result-view';

export interface ResultPanelProps {
  readonly queryId: string | undefined;
  /** Absent until it is here. */
  readonly query: FollowedQuery | undefined;
  readonly progress: number | undefined;
  readonly error: unknown;
  readonly start: Start | undefined;
  readonly view: ResultView;
  /** Of files and pictures that are made of it. */
  readonly name: string;
  readonly isCancelling: boolean;
  readonly onCancel: () => void;
  readonly onRetry: () => void;
  readonly onView: (view: ResultView) => void;
  /** Leads to the fault in the editor, when it is still there. */
  readonly onShowFault: (() => void) | undefined;
  readonly onRunAgain: () => void;
}

export const ResultPanel = memo(function ResultPanel(props: ResultPanelProps) {
  const { queryId, query, progress, error, start, onShowFault, onRunAgain } = props;
  if (start?.phase === 'refused') {
    const fault = faultOfProblem(start.problem);
    if (fault) return <FailureNote title={start.problem.title} fault={fault} onShow={onShowFault} />;
    return <ProblemNote error={start.problem} onRetry={onRunAgain} className="m-3" />;
  }
  if (queryId === undefined) return start ? <Waiting /> : <NothingYet />;
  if (error) return <ProblemNote error={error} onRetry={props.onRetry} className="m-3" />;
  if (!query) return <Waiting />;
  if (isLive(query)) {
    const { isCancelling, onCancel } = props;
    return <LiveState query={query} progress={progress} cancelling={isCancelling} onCancel={onCancel} />;
  }
  if (query.state !== 'succeeded') {
    const isCancelled = query.state === 'cancelled';
    const stopped = { message: 'It was stopped before it ended. Nothing was changed.' };
    const fault = isCancelled ? stopped : (query.error ?? { message: 'The service does not say why.' });
    return (
      <FailureNote
        title={isCancelled ? 'The query was cancelled' : 'The query failed'}
        fault={fault}
        onShow={onShowFault}
      >
        <Button size="small" onClick={onRunAgain}>
          Run again
        </Button>
      </FailureNote>
    );
  }
  const { view, name, onView } = props;
  return (
    <Rows
      key={query.query_id}
      query={query}
      isStale={start?.phase === 'starting'}
      view={view}
      name={name}
      onView={onView}
      onRunAgain={onRunAgain}
    />
  );
});

function Waiting() {
  return (
    <div className="h-full min-h-48 p-3">
      <Skeleton className="h-full w-full" />
    </div>
  );
}

function NothingYet() {
  return (
    <div className="flex h-full items-center justify-center p-4">
      <EmptyState icon={TableProperties} title="The result will be here" className="w-full max-w-xl border-none py-8">
        Write a statement and run it with <Keys>Ctrl</Keys> <Keys>Enter</Keys>. With a selection, only that part runs;
        with several statements, the one at the cursor.
      </EmptyState>
    </div>
  );
}

function Keys({ children }: { children: ReactNode }) {
  return <kbd className="rounded border bg-muted px-1.5 py-0.5 font-sans text-xs">{children}</kbd>;
}
