'use client';

import { useMutation } from '@tanstack/react-query';
import { FlaskConical, Lightbulb } from 'lucide-react';
import { ChooseFiles } from '@/components/files/choose-files';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { fetchSample, interviewEndings, sample } from './start-analysis';
import { useStart } from './use-start';

/** What stands on the page while nothing was analysed: what it does, and how to begin. */
export function FirstAnalysis({ onFiles }: { onFiles: ((files: readonly File[]) => void) | undefined }) {
  const start = useStart();
  const trySample = useMutation({
    mutationFn: async () => start({ files: await fetchSample(), title: sample.title, method: '' }),
  });
  return (
    <EmptyState
      icon={Lightbulb}
      title="From interviews to principles"
      className="py-20"
      actions={
        onFiles && (
          <>
            <ChooseFiles label="Interviews to analyse" accept={interviewEndings.join(',')} onFiles={onFiles}>
              Choose transcripts
            </ChooseFiles>
            <Button busy={trySample.isPending} onClick={() => trySample.mutate()}>
              {!trySample.isPending && <FlaskConical />} Try a sample
            </Button>
          </>
        )
      }
    >
      <p>
        Give the transcript of an interview, or of several of one study. Five steps split them, find what each part
        means, relate the meanings, explain the patterns and end in principles to design by. Every principle leads back
        to who said what, and where.
      </p>
      {onFiles ? (
        <p className="mt-3 text-[13px]">
          The sample: {sample.description} Source:{' '}
          <a
            href={sample.source}
            target="_blank"
            rel="noreferrer noopener"
            className="text-accent underline underline-offset-4"
          >
            {sample.sourceName}
          </a>
          , {sample.licence}.
        </p>
      ) : (
        <p className="mt-3 text-[13px]">Your role reads analyses and starts none.</p>
      )}
    </EmptyState>
  );
}
