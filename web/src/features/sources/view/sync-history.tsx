'use client';

import { History } from 'lucide-react';
import { useState } from 'react';
import { Badge, type Tone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Listing } from '@/components/ui/listing';
import { Time } from '@/components/ui/time';
import { api, ask } from '@/lib/api/client';
import { formatDuration } from '@/lib/format';
import { usePages } from '@/lib/use-pages';
import type { Source, Sync } from '@/components/sources/kinds';
import { countsInWords, isUnderWay, syncInWords } from '@/components/sources/source-state';
import { SyncSheet } from './sync-sheet';

const tones: Readonly<Record<Sync['state'], Tone>> = {
  queued: 'neutral',
  running: 'accent',
  succeeded: 'success',
  failed: 'danger',
  cancelled: 'warning',
};

/** The runs over a source, the newest first. */
export function SyncHistory({ source: { source_id: sourceId } }: { source: Source }) {
  const [shown, setShown] = useState<string>();
  const list = usePages(
    ['sources', 'syncs', sourceId],
    (cursor) =>
      ask(
        api.GET('/api/v1/sources/{source_id}/jobs', {
          params: { path: { source_id: sourceId }, query: { cursor, limit: 20 } },
        }),
      ),
    { refetchInterval: (syncs) => (syncs.some(isUnderWay) ? 3000 : false) },
  );
  return (
    <>
      <Listing list={list} empty={<EmptyState icon={History} title="It has not been read yet" />}>
        {(syncs) => (
          <DataTable
            label="Syncs"
            rows={syncs}
            rowKey={({ job_id: id }) => id}
            columns={[
              {
                header: 'Sync',
                cell: (sync) => (
                  <div className="min-w-44">
                    <Button variant="link" size="inline" className="text-left" onClick={() => setShown(sync.job_id)}>
                      {syncInWords(sync)}
                    </Button>
                    {sync.error && <p className="max-w-md text-[13px] text-danger">{sync.error.detail}</p>}
                  </div>
                ),
              },
              { header: 'State', cell: (sync) => <SyncBadge sync={sync} /> },
              { header: 'Documents', className: 'whitespace-nowrap', cell: countsInWords },
              {
                header: 'When',
                className: 'whitespace-nowrap text-muted-foreground',
                cell: ({ queued_at: at }) => <Time at={at} />,
              },
              { header: 'Took', className: 'whitespace-nowrap', numeric: true, cell: took },
            ]}
          />
        )}
      </Listing>
      <SyncSheet sync={list.items.find(({ job_id: id }) => id === shown)} onClose={() => setShown(undefined)} />
    </>
  );
}

function SyncBadge({ sync: { state, next_try_at: next } }: { sync: Sync }) {
  return next === null ? <Badge tone={tones[state]}>{state}</Badge> : <Badge tone="warning">trying again</Badge>;
}

function took({ started_at: from, finished_at: to }: Sync): string {
  return from === null || to === null ? '' : formatDuration(Date.parse(to) - Date.parse(from));
}
