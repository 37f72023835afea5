'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { BookOpenCheck, Ellipsis, Pause, Play, RefreshCw, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';
import { api, ask } from '@/lib/api/client';
import { formatCount } from '@/lib/format';
import { paths } from '@/lib/paths';
import { useMay } from '@/lib/use-session';
import type { Source } from '@/components/sources/kinds';
import { isUnderWay } from '@/components/sources/source-state';

/** Reading it now, pausing it, deleting it. */
export function SourceActions({ source }: { source: Source }) {
  const may = useMay('sources:write');
  const client = useQueryClient();
  const params = { path: { source_id: source.source_id } };
  const changed = () => client.invalidateQueries({ queryKey: ['sources'] });
  const sync = useMutation({
    mutationFn: (mode: 'incremental' | 'full') =>
      ask(api.POST('/api/v1/sources/{source_id}/sync', { params, body: { mode } })),
    onSuccess: changed,
  });
  const pause = useMutation({
    mutationFn: () =>
      ask(
        source.paused
          ? api.POST('/api/v1/sources/{source_id}/resume', { params })
          : api.POST('/api/v1/sources/{source_id}/pause', { params }),
      ),
    onSuccess: ({ paused }) => {
      toast.success(paused ? 'Paused' : 'Resumed', {
        description: paused ? 'Nothing is read until it is resumed.' : 'What was missed is being read.',
      });
      return changed();
    },
  });
  const [deleting, setDeleting] = useState(false);
  if (!may) return null;
  return (
    <>
      {source.paused ? (
        <Button variant="primary" busy={pause.isPending} onClick={() => pause.mutate()}>
          {!pause.isPending && <Play />} Resume
        </Button>
      ) : (
        <Button
          variant="primary"
          busy={sync.isPending}
          disabled={isUnderWay(source.last_sync)}
          onClick={() => sync.mutate('incremental')}
        >
          {!sync.isPending && <RefreshCw />} Sync now
        </Button>
      )}
      <Menu
        trigger={
          <Button size="icon" aria-label="More about this source">
            <Ellipsis />
          </Button>
        }
      >
        {!source.paused && (
          <>
            <MenuItem onSelect={() => sync.mutate('full')}>
              <BookOpenCheck /> Read everything again
            </MenuItem>
            <MenuItem onSelect={() => pause.mutate()}>
              <Pause /> Pause
            </MenuItem>
            <MenuSeparator />
          </>
        )}
        <MenuItem danger onSelect={() => setDeleting(true)}>
          <Trash2 /> Delete
        </MenuItem>
      </Menu>
      <DeleteSource source={source} open={deleting} onOpenChange={setDeleting} />
    </>
  );
}

function DeleteSource({
  source: { source_id: sourceId, name, documents, dataset },
  open,
  onOpenChange,
}: {
  source: Source;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const router = useRouter();
  const client = useQueryClient();
  const remove = async () => {
    const params = { path: { source_id: sourceId }, query: { confirm: name } };
    await ask(api.DELETE('/api/v1/sources/{source_id}', { params }));
    toast.success(`${name} is deleted`, { description: 'It can be restored from the list of sources for some days.' });
    router.push(paths.sources());
    // What this page itself shows is gone; asking for it again would only fail.
    for (const key of ['sources', 'documents']) void client.invalidateQueries({ queryKey: [key], refetchType: 'none' });
  };
  const table = dataset === null ? '' : ` The data set ${dataset} stays as it is now.`;
  return (
    <Confirm
      title={`Delete ${name}?`}
      description={`Nothing is read any more, and nobody finds its ${formatCount(documents, 'document')} in search or in chat. For some days it can be restored with all of them; then they are removed for good, with its token and its history.${table}`}
      action="Delete"
      typeToConfirm={name}
      open={open}
      onOpenChange={onOpenChange}
      onConfirm={remove}
    />
  );
}
