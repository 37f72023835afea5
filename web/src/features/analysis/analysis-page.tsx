'use client';

import { FileQuestion } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { Page } from '@/components/shell/page';
import { EmptyState } from '@/components/ui/empty-state';
import { ProblemNote } from '@/components/ui/problem-note';
import { Skeleton } from '@/components/ui/skeleton';
import { asProblem } from '@/lib/api/problem';
import { AnalysisActions } from './analysis-actions';
import { AnalysisFacts } from './analysis-facts';
import { UnderWay } from './progress/under-way';
import { useAnalysis } from './progress/use-analysis';
import { Findings } from './result/findings';

/** An analysis: its steps as they happen, and what it found. */
export function AnalysisPage() {
  const id = useSearchParams().get('id') ?? '';
  const followed = useAnalysis(id);
  if (id === '') {
    return (
      <Page title="Analysis">
        <EmptyState icon={FileQuestion} title="No analysis is named">
          The address lacks its id.
        </EmptyState>
      </Page>
    );
  }
  // What somebody else has deleted is not shown as if it were going on.
  const isGone = followed.error !== null && asProblem(followed.error).status === 404;
  if (!followed.data || isGone) {
    return followed.error ? (
      <Page title="Analysis">
        <ProblemNote error={followed.error} onRetry={() => void followed.refetch()} />
      </Page>
    ) : (
      <Page title={<Skeleton className="h-8 w-72" />} description={<Skeleton className="mt-2 h-4 w-56" />}>
        <Skeleton className="h-80 w-full" />
      </Page>
    );
  }
  const { analysis } = followed.data;
  return (
    <Page
      wide
      title={analysis.title}
      description={<AnalysisFacts analysis={analysis} />}
      actions={<AnalysisActions analysis={analysis} />}
    >
      {analysis.overall_status === 'completed' ? (
        <Findings followed={followed.data} />
      ) : (
        <UnderWay followed={followed.data} />
      )}
    </Page>
  );
}
