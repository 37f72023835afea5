'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { Time } from '@/components/ui/time';
import { api, ask } from '@/lib/api/client';
import { formatDate, formatNumber } from '@/lib/format';
import { KindIcon } from '@/components/sources/kind-icon';
import type { Source } from '@/components/sources/kinds';
import { useSources } from '@/components/sources/use-sources';

/** What was deleted and can still be brought back; nothing at all while there is none. */
export function DeletedSources() {
  const { data } = useSources('deleted');
  if (!data || data.items.length === 0) return null;
  return (
    <section aria-labelledby="deleted" className="flex flex-col gap-3">
      <h2 id="deleted" className="font-semibold">
        Deleted
      </h2>
      <DataTable
        label="Deleted sources"
        rows={data.items}
        rowKey={({ source_id: id }) => id}
        columns={[
          {
            header: 'Source',
            cell: ({ kind, name }) => (
              <span className="inline-flex items-center gap-2">
                <KindIcon kind={kind} named /> {name}
              </span>
            ),
          },
          { header: 'Deleted', className: 'whitespace-nowrap', cell: ({ deleted_at: at }) => at && <Time at={at} /> },
          { header: 'Documents', numeric: true, cell: ({ documents }) => formatNumber(documents) },
          {
            header: 'Gone for good',
            className: 'whitespace-nowrap text-muted-foreground',
            cell: ({ purge_at: at }) => at && formatDate(at),
          },
          {
            header: <span className="sr-only">Actions</span>,
            numeric: true,
            cell: (source) => <Restore source={source} />,
          },
        ]}
      />
    </section>
  );
}

function Restore({ source: { source_id: sourceId, name } }: { source: Source }) {
  const client = useQueryClient();
  const restore = useMutation({
    mutationFn: () =>
      ask(api.POST('/api/v1/sources/{source_id}/restore', { params: { path: { source_id: sourceId } } })),
    onSuccess: () => {
      toast.success(`${name} is back`, { description: 'What was missed is being read.' });
      return Promise.all(['sources', 'documents'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  });
  return (
    <Button size="small" busy={restore.isPending} onClick={() => restore.mutate()}>
      Restore<span className="sr-only"> {name}</span>
    </Button>
  );
}
