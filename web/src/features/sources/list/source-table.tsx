'use client';

import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { Time } from '@/components/ui/time';
import { formatNumber } from '@/lib/format';
import { paths } from '@/lib/paths';
import { KindIcon } from '@/components/sources/kind-icon';
import { kinds, type Source, type Sync } from '@/components/sources/kinds';
import { scheduleInWords } from '../schedule-words';
import { countsInWords, isUnderWay, stateOf } from '@/components/sources/source-state';

/** Sources in rows; the name opens one. */
export function SourceTable({ sources }: { sources: readonly Source[] }) {
  return <DataTable label="Sources" rows={sources} rowKey={({ source_id: id }) => id} columns={columns} />;
}

const columns: readonly DataColumn<Source>[] = [
  {
    header: 'Source',
    cell: (source) => (
      <div className="min-w-44">
        <Link
          href={paths.source(source.source_id)}
          prefetch={false}
          className="inline-flex items-center gap-2 font-medium underline-offset-4 hover:underline"
        >
          <KindIcon kind={source.kind} named /> {source.name}
        </Link>
        {source.last_sync && <Trouble source={source} sync={source.last_sync} />}
      </div>
    ),
  },
  { header: 'State', cell: (source) => <SourceBadge source={source} /> },
  { header: 'Documents', numeric: true, cell: ({ documents }) => formatNumber(documents) },
  {
    header: 'Last sync',
    className: 'whitespace-nowrap',
    cell: ({ last_sync: sync }) =>
      sync && (
        <>
          {isUnderWay(sync) ? (sync.progress ?? 'begun') : <Time at={sync.finished_at!} />}
          <span className="block text-[13px] text-muted-foreground">{countsInWords(sync)}</span>
        </>
      ),
  },
  {
    header: 'Next sync',
    className: 'whitespace-nowrap text-muted-foreground',
    cell: ({ next_sync_at: at, schedule, paused }) =>
      at ? (
        <>
          <Time at={at} />
          <span className="block text-[13px]">{scheduleInWords(schedule!) ?? schedule}</span>
        </>
      ) : paused ? (
        'when resumed'
      ) : (
        'when asked for'
      ),
  },
];

/** Why the latest sync does not go on, and when it does. */
function Trouble({ source: { kind }, sync }: { source: Source; sync: Sync }) {
  const { error, next_try_at: next, waiting } = sync;
  return (
    <div className="mt-0.5 flex max-w-md flex-col text-[13px]">
      {error && <p className="text-danger">{error.detail}</p>}
      {next && (
        <p className="text-muted-foreground">
          Next try <Time at={next} />
        </p>
      )}
      {waiting && (
        <p className="text-muted-foreground">
          Waits for {kinds[kind].label}: {waiting.reason}. It goes on <Time at={waiting.until} />.
        </p>
      )}
    </div>
  );
}

export function SourceBadge({ source }: { source: Source }) {
  const { label, tone } = stateOf(source);
  return <Badge tone={tone}>{label}</Badge>;
}
