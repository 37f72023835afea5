'use client';

import { useQuery } from '@tanstack/react-query';
import { NativeSelect } from '@/components/ui/input';
import { ProblemNote } from '@/components/ui/problem-note';
import { SkeletonRows } from '@/components/ui/skeleton';
import { api, ask, type Schemas } from '@/lib/api/client';
import { formatNumber } from '@/lib/format';
import { useReading } from '../result/reading';
import { PlaceFooter } from './place-footer';
import { TranscriptText } from './transcript-text';
import { evidenceShown } from './use-marks';

/** An interview with everything that was quoted from it, at the place that is looked at. */
export function TranscriptPane() {
  const { result, lineage, view, go } = useReading();
  const numbers = result.interviews.map(({ interview }) => interview);
  const number =
    lineage.placeOf(view.at)?.interview ??
    numbers.find((each) => String(each) === view.interview) ??
    lineage.placeOf(evidenceShown(lineage, view)[0] ?? '')?.interview ??
    1;
  const known = result.interviews.find(({ interview }) => interview === number);
  const transcript = useQuery({
    queryKey: ['analyses', 'interview', result.request_id, number],
    queryFn: () =>
      ask(
        api.GET('/api/v1/analysis/requests/{request_id}/interviews/{interview}', {
          params: { path: { request_id: result.request_id, interview: String(number) } },
        }),
      ),
    staleTime: Infinity,
  });
  return (
    <>
      <div className="flex flex-col gap-1 border-b px-4 py-3">
        {result.interviews.length > 1 ? (
          <NativeSelect
            aria-label="Interview to read"
            value={number}
            onChange={(event) => go({ interview: event.target.value, at: '' })}
          >
            {result.interviews.map(({ interview, name }) => (
              <option key={interview} value={interview}>
                {interview}. {name}
              </option>
            ))}
          </NativeSelect>
        ) : (
          <h2 className="truncate text-sm font-medium" title={known?.name}>
            {known?.name}
          </h2>
        )}
        {known && (
          <p className="text-xs text-muted-foreground">
            {formatNumber(known.words)} words
            {known.speakers.length > 0 && <>: {known.speakers.map(inWords).join(', ')}</>}
          </p>
        )}
      </div>
      {transcript.error ? (
        <ProblemNote className="m-4" error={transcript.error} onRetry={() => void transcript.refetch()} />
      ) : transcript.data ? (
        <TranscriptText key={number} transcript={transcript.data} interview={known} />
      ) : (
        <SkeletonRows rows={8} className="p-4" />
      )}
      <PlaceFooter />
    </>
  );
}

function inWords({ speaker, role }: Schemas['SpeakerView']): string {
  return role === 'interviewer' ? `${speaker} (asks)` : speaker;
}
