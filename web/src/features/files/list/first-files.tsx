'use client';

import { FileSpreadsheet, FlaskConical } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ChooseFiles } from '@/components/files/choose-files';
import { sample } from './sample';
import type { useSample } from './use-sample';

/** What stands on the page while the workspace holds nothing: bring a file, or try one that is here. */
export function FirstFiles({
  onFiles,
  sample: { busy, bring },
}: {
  onFiles: (files: readonly File[]) => void;
  sample: ReturnType<typeof useSample>;
}) {
  return (
    <EmptyState
      icon={FileSpreadsheet}
      title="Bring your first file"
      className="py-20"
      actions={
        <>
          <ChooseFiles onFiles={onFiles}>Choose files</ChooseFiles>
          <Button busy={busy} onClick={bring}>
            {!busy && <FlaskConical />} Try a sample
          </Button>
        </>
      }
    >
      <p>
        Drop CSV files anywhere on this page: any encoding, any delimiter, plain or gzip. You see how they are read
        before anything is stored.
      </p>
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
    </EmptyState>
  );
}
