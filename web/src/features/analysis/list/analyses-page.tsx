'use client';

import { Lightbulb } from 'lucide-react';
import { useState } from 'react';
import { ChooseFiles } from '@/components/files/choose-files';
import { DropAnywhere } from '@/components/files/drop-anywhere';
import { Page } from '@/components/shell/page';
import { EmptyState } from '@/components/ui/empty-state';
import { NativeSelect } from '@/components/ui/input';
import { Listing } from '@/components/ui/listing';
import { formatCount } from '@/lib/format';
import { useSearchParameter } from '@/lib/use-search-parameter';
import { useMay } from '@/lib/use-session';
import { AnalysesTable } from './analyses-table';
import { FirstAnalysis } from './first-analysis';
import { interviewEndings } from './start-analysis';
import { StartDialog } from './start-dialog';
import { type ListedStatus, listedStatuses, statusNames, useAnalyses } from './use-analyses';

/** What was analysed, the latest first. Transcripts can be dropped anywhere on it. */
export function AnalysesPage() {
  const mayWrite = useMay('analysis:write');
  const [status, setStatus] = useSearchParameter('status');
  const list = useAnalyses(listedStatuses.find((each) => each === status));
  const [files, setFiles] = useState<readonly File[]>([]);
  const [starting, setStarting] = useState(false);
  const take = (more: readonly File[]) => {
    setFiles(starting ? [...files, ...more] : more);
    setStarting(true);
  };
  const isEmpty = list.isSuccess && list.items.length === 0;
  return (
    <Page
      title="Analysis"
      description="From what people say in interviews to principles to design by."
      actions={
        mayWrite &&
        !list.isPending &&
        !(isEmpty && status === '') && (
          <ChooseFiles label="Interviews to analyse" accept={interviewEndings.join(',')} onFiles={take}>
            New analysis
          </ChooseFiles>
        )
      }
    >
      {mayWrite && <DropAnywhere onFiles={take}>Drop the transcripts to analyse them</DropAnywhere>}
      {isEmpty && status === '' ? (
        <FirstAnalysis onFiles={mayWrite ? take : undefined} />
      ) : (
        <div className="flex flex-col gap-3">
          <div role="search" className="flex flex-wrap items-center justify-between gap-2">
            <StatusFilter value={status} onChange={setStatus} />
            {list.total !== undefined && (
              <span className="text-sm text-muted-foreground">{formatCount(list.total, 'analysis', 'analyses')}</span>
            )}
          </div>
          <Listing
            list={list}
            empty={
              <EmptyState icon={Lightbulb} title="No such analysis">
                None is {statusNames[status as ListedStatus]?.toLowerCase() ?? status} at present.
              </EmptyState>
            }
          >
            {(analyses) => <AnalysesTable analyses={analyses} mayWrite={mayWrite} />}
          </Listing>
        </div>
      )}
      <StartDialog files={files} onFiles={setFiles} open={starting} onOpenChange={setStarting} />
    </Page>
  );
}

function StatusFilter({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <NativeSelect
      aria-label="Status"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="w-auto"
    >
      <option value="">Every status</option>
      {listedStatuses.map((status) => (
        <option key={status} value={status}>
          {statusNames[status]}
        </option>
      ))}
    </NativeSelect>
  );
}
