'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Database, Ellipsis, MessageSquarePlus, RefreshCw, SquareTerminal, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';
import { api, ask, type Schemas } from '@/lib/api/client';
import { formatCount } from '@/lib/format';
import { paths } from '@/lib/paths';
import { useMay } from '@/lib/use-session';
import { askAbout, firstQuery } from '../next-steps';

/** What can be done with a data set. */
export function DatasetActions({ dataset: { dataset, version, versions, rows } }: { dataset: Schemas['Dataset'] }) {
  const router = useRouter();
  const client = useQueryClient();
  const mayQuery = useMay('queries:run');
  const mayChat = useMay('chat:use');
  const mayCrawl = useMay('crawls:write');
  const mayDelete = useMay('datasets:delete');
  const [deleting, setDeleting] = useState(false);
  const crawl = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/crawls', { body: { dataset } })),
    onSuccess: ({ crawl_id: id }) => router.push(paths.crawl(id)),
  });
  const isPublished = version !== null;
  return (
    <>
      {isPublished && mayQuery && (
        <Button asChild variant="primary">
          <Link href={firstQuery(dataset)} prefetch={false}>
            <SquareTerminal /> Query
          </Link>
        </Button>
      )}
      {isPublished && mayChat && (
        <Button asChild>
          <Link href={askAbout(dataset)} prefetch={false}>
            <MessageSquarePlus /> Ask
          </Link>
        </Button>
      )}
      <Menu
        trigger={
          <Button size="icon" aria-label="More about this data set">
            <Ellipsis />
          </Button>
        }
      >
        <MenuItem onSelect={() => router.push(paths.table(dataset))} disabled={!isPublished}>
          <Database /> See its table
        </MenuItem>
        {mayCrawl && (
          <MenuItem onSelect={() => crawl.mutate()} disabled={!isPublished}>
            <RefreshCw /> Crawl again
          </MenuItem>
        )}
        {mayDelete && (
          <>
            <MenuSeparator />
            <MenuItem danger onSelect={() => setDeleting(true)}>
              <Trash2 /> Delete
            </MenuItem>
          </>
        )}
      </Menu>
      <Confirm
        title={`Delete ${dataset}?`}
        description={`All ${formatCount(rows, 'row')} in ${formatCount(versions, 'version')}, the uploaded files and the table are deleted. This cannot be undone.`}
        action="Delete for good"
        typeToConfirm={dataset}
        open={deleting}
        onOpenChange={setDeleting}
        onConfirm={async () => {
          await ask(api.DELETE('/api/v1/datasets/{dataset}', { params: { path: { dataset } } }));
          router.push(paths.files());
          // What this page itself shows is gone; asking for it again would only fail.
          for (const changed of ['datasets', 'uploads', 'tables'])
            void client.invalidateQueries({ queryKey: [changed], refetchType: 'none' });
        }}
      />
    </>
  );
}
