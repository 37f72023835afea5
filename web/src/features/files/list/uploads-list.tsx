'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Inbox, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { LoadMore } from '@/components/ui/load-more';
import { ProblemNote } from '@/components/ui/problem-note';
import { SkeletonRows } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { api, ask, type Schemas } from '@/lib/api/client';
import { formatBytes } from '@/lib/format';
import { paths } from '@/lib/paths';
import { useMay } from '@/lib/use-session';
import { useUploads } from './use-uploads';
import { UploadStatus } from './upload-status';

type Upload = Schemas['Upload'];

/** The files that were brought, newest first. */
export function UploadsList({ search }: { search: string }) {
  const uploads = useUploads();
  const mayWrite = useMay('uploads:write');
  if (uploads.error) return <ProblemNote error={uploads.error} onRetry={() => void uploads.refetch()} />;
  if (!uploads.data) return <SkeletonRows rows={6} />;
  const wanted = search.trim().toLowerCase();
  const rows = uploads.data.pages
    .flatMap(({ items }) => items)
    .filter(({ file_name: name }) => name.toLowerCase().includes(wanted));
  if (rows.length === 0 && !uploads.hasNextPage) {
    return (
      <EmptyState icon={Inbox} title={wanted ? 'No upload of that name' : 'No uploads'}>
        {wanted
          ? 'Uploads that were never published are deleted after a while.'
          : 'Drop CSV files anywhere on this page to upload them.'}
      </EmptyState>
    );
  }
  return (
    <>
      <DataTable label="Uploads" columns={columnsFor(mayWrite)} rows={rows} rowKey={({ upload_id: id }) => id} />
      <LoadMore list={uploads} />
    </>
  );
}

function columnsFor(mayWrite: boolean): DataColumn<Upload>[] {
  return [
    { header: 'File', cell: (upload) => <FileName upload={upload} />, className: 'max-w-96 min-w-44' },
    { header: 'Status', cell: (upload) => <UploadStatus upload={upload} /> },
    {
      header: 'Size',
      cell: ({ bytes, length }) => formatBytes(length ?? bytes),
      numeric: true,
      className: 'whitespace-nowrap',
    },
    { header: 'Uploaded', cell: ({ created_at: at }) => <Time at={at} />, className: 'whitespace-nowrap' },
    {
      header: 'Kept until',
      cell: ({ expires_at: at, status }) =>
        status === 'submitted' ? 'as long as the data set' : at ? <Time at={at} /> : '–',
      className: 'whitespace-nowrap text-muted-foreground',
    },
    ...(mayWrite
      ? [
          {
            header: <span className="sr-only">Actions</span>,
            cell: (upload: Upload) => <Delete upload={upload} />,
            className: 'w-10',
          },
        ]
      : []),
  ];
}

function FileName({ upload: { upload_id: id, file_name: name, status } }: { upload: Upload }) {
  const readable = status === 'ready' || status === 'submitted';
  if (!readable)
    return (
      <span className="block truncate" title={name}>
        {name}
      </span>
    );
  return (
    <Link
      href={paths.upload(id)}
      prefetch={false}
      title={name}
      className="block truncate font-medium underline-offset-4 hover:underline"
    >
      {name}
    </Link>
  );
}

function Delete({ upload: { upload_id: id, file_name: name, status } }: { upload: Upload }) {
  const client = useQueryClient();
  if (status === 'submitted' || status === 'expired') return null;
  return (
    <Confirm
      title={`Delete ${name}?`}
      description="The uploaded file is deleted. No data set holds it."
      action="Delete"
      trigger={
        <Button variant="ghost" size="icon-small" aria-label={`Delete ${name}`} title="Delete">
          <Trash2 />
        </Button>
      }
      onConfirm={async () => {
        await ask(api.DELETE('/api/v1/uploads/{upload_id}', { params: { path: { upload_id: id } } }));
        await client.invalidateQueries({ queryKey: ['uploads'] });
      }}
    />
  );
}
