'use client';

import { useQuery } from '@tanstack/react-query';
import { ProblemNote } from '@/components/ui/problem-note';
import { Skeleton } from '@/components/ui/skeleton';
import { api, ask } from '@/lib/api/client';
import type { Followed } from '../progress/followed';
import { BesideTranscript } from '../transcript/beside-transcript';
import { LevelTabs } from './level-tabs';
import { Notes } from './notes';
import { ReadingOf } from './reading';

/** What an analysis found, with the interviews beside it. */
export function Findings({ followed }: { followed: Followed }) {
  const { request_id: id } = followed.analysis;
  const result = useQuery({
    queryKey: ['analyses', 'result', id],
    queryFn: () =>
      ask(api.GET('/api/v1/analysis/requests/{request_id}/result', { params: { path: { request_id: id } } })),
    staleTime: Infinity,
  });
  if (result.error) return <ProblemNote error={result.error} onRetry={() => void result.refetch()} />;
  if (!result.data) return <Skeleton className="h-[70dvh] w-full" />;
  return (
    <ReadingOf result={result.data}>
      <Notes />
      <BesideTranscript>
        <LevelTabs followed={followed} />
      </BesideTranscript>
    </ReadingOf>
  );
}
