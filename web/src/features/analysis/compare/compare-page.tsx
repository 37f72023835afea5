'use client';

import { useQuery } from '@tanstack/react-query';
import { GitCompareArrows } from 'lucide-react';
import { Page } from '@/components/shell/page';
import { EmptyState } from '@/components/ui/empty-state';
import { Field } from '@/components/ui/field';
import { NativeSelect } from '@/components/ui/input';
import { ProblemNote } from '@/components/ui/problem-note';
import { SkeletonRows } from '@/components/ui/skeleton';
import { api, ask } from '@/lib/api/client';
import { formatDate } from '@/lib/format';
import { useSearchParameter } from '@/lib/use-search-parameter';
import { useMay, useWorkspace } from '@/lib/use-session';
import type { AnalysisSummary } from '../list/use-analyses';
import { AnalyseTogether } from './analyse-together';
import { Comparison } from './comparison';

/** What two analyses have in common, and what only one of them found. */
export function ComparePage() {
  const [first, setFirst] = useSearchParameter('first');
  const [second, setSecond] = useSearchParameter('second');
  const workspaceId = useWorkspace()?.id;
  const mayWrite = useMay('analysis:write');
  const completed = useQuery({
    queryKey: ['analyses', 'completed', workspaceId],
    queryFn: async () => {
      const query = { status: 'completed', limit: 200 } as const;
      return (await ask(api.GET('/api/v1/analysis/requests', { params: { query } }))).requests;
    },
    enabled: workspaceId !== undefined,
  });
  const both = [first, second].flatMap((id) => completed.data?.find(({ request_id: each }) => each === id) ?? []);
  return (
    <Page
      title="Compare analyses"
      actions={mayWrite && both.length === 2 && <AnalyseTogether key={`${first} ${second}`} of={both} />}
      description="By the words of their patterns and principles: what both found, and what only one of them did."
    >
      {completed.error ? (
        <ProblemNote error={completed.error} onRetry={() => void completed.refetch()} />
      ) : !completed.data ? (
        <SkeletonRows rows={6} />
      ) : completed.data.length < 2 ? (
        <EmptyState icon={GitCompareArrows} title="There is nothing to compare yet">
          Two completed analyses are needed, of other interviews, or of the same by another method.
        </EmptyState>
      ) : (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <Side label="First" analyses={completed.data} value={first} not={second} onChange={setFirst} />
            <Side label="Second" analyses={completed.data} value={second} not={first} onChange={setSecond} />
          </div>
          {first && second ? (
            <Comparison first={first} second={second} />
          ) : (
            <EmptyState icon={GitCompareArrows} title="Choose two analyses" />
          )}
        </>
      )}
    </Page>
  );
}

function Side({
  label,
  analyses,
  value,
  not,
  onChange,
}: {
  label: string;
  analyses: readonly AnalysisSummary[];
  value: string;
  /** What is on the other side. */
  not: string;
  onChange: (requestId: string) => void;
}) {
  const isListed = analyses.some(({ request_id: id }) => id === value);
  return (
    <Field label={label}>
      <NativeSelect value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">Choose an analysis</option>
        {value !== '' && !isListed && <option value={value}>{value}</option>}
        {analyses
          .filter(({ request_id: id }) => id !== not)
          .map(({ request_id: id, title, created_at: at }) => (
            <option key={id} value={id}>
              {title}, {formatDate(at)}
            </option>
          ))}
      </NativeSelect>
    </Field>
  );
}
