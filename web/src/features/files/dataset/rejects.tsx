'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { CircleCheck, Download } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { NativeSelect } from '@/components/ui/input';
import { ProblemNote } from '@/components/ui/problem-note';
import { SkeletonRows } from '@/components/ui/skeleton';
import { signedFetch, type Schemas } from '@/lib/api/client';
import { formatCount, formatNumber } from '@/lib/format';
import { saveFile } from '@/lib/save-file';
import { readRejects, rejectsPath } from './read-rejects';

const shownRows = 200;
const headings: Readonly<Record<string, string>> = {
  line: 'Line',
  column: 'Column',
  value: 'In the file',
  reason: 'Why it does not fit',
};

/** The rows that did not fit, of one version at a time, with the reason for each. */
export function RejectsView({
  dataset,
  versions,
  chosen,
  onChoose,
}: {
  dataset: string;
  versions: readonly Schemas['DatasetVersion'][];
  chosen: number | undefined;
  onChoose: (version: number) => void;
}) {
  const withRejects = versions.filter(({ rows_rejected: rejected }) => (rejected ?? 0) > 0);
  const version = withRejects.find((each) => each.version === chosen) ?? withRejects[0];
  if (!version) {
    return (
      <EmptyState icon={CircleCheck} title="Every row fitted">
        Rows with values that do not fit a type are put aside here, with the reason. There are none.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-sm">
          {formatCount(version.rows_rejected ?? 0, 'row')} of {formatNumber(version.rows_in ?? 0)} in{' '}
          {version.file_name}
        </p>
        <div className="flex items-center gap-2">
          {withRejects.length > 1 && (
            <NativeSelect
              aria-label="Version"
              className="w-auto"
              value={version.version}
              onChange={(event) => onChoose(Number(event.target.value))}
            >
              {withRejects.map((each) => (
                <option key={each.version} value={each.version}>
                  Version {each.version}
                </option>
              ))}
            </NativeSelect>
          )}
          <DownloadRejects dataset={dataset} version={version.version} />
        </div>
      </div>
      <FirstRejects key={version.version} dataset={dataset} version={version.version} />
    </div>
  );
}

function FirstRejects({ dataset, version }: { dataset: string; version: number }) {
  const rejects = useQuery({
    queryKey: ['datasets', 'rejects', dataset, version],
    queryFn: ({ signal }) => readRejects(dataset, version, shownRows, signal),
    staleTime: Infinity,
  });
  if (rejects.error) return <ProblemNote error={rejects.error} onRetry={() => void rejects.refetch()} />;
  if (!rejects.data) return <SkeletonRows rows={5} />;
  const { header, rows, truncated } = rejects.data;
  return (
    <>
      <DataTable
        label="Rejected rows"
        rows={rows.map((cells, index) => ({ cells, index }))}
        rowKey={({ index }) => String(index)}
        columns={header.map((name, place) => ({
          header: headings[name] ?? name,
          numeric: name === 'line',
          className: name === 'line' ? 'w-20' : 'max-w-md min-w-24 align-top',
          cell: ({ cells }: { cells: readonly string[]; index: number }) => (
            <span className="line-clamp-3 break-words whitespace-pre-wrap" title={cells[place]}>
              {cells[place]}
            </span>
          ),
        }))}
      />
      {truncated && (
        <p className="text-sm text-muted-foreground">
          The first {formatNumber(shownRows)}. Download the file to have them all.
        </p>
      )}
    </>
  );
}

function DownloadRejects({ dataset, version }: { dataset: string; version: number }) {
  const download = useMutation({
    mutationFn: async () => {
      const response = await signedFetch(rejectsPath(dataset, version));
      saveFile(await response.blob(), `${dataset}-v${version}-rejects.csv`);
    },
  });
  return (
    <Button busy={download.isPending} onClick={() => download.mutate()}>
      {!download.isPending && <Download />} Download
    </Button>
  );
}
