'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { FileQuestion, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { Page } from '@/components/shell/page';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { EmptyState } from '@/components/ui/empty-state';
import { ProblemNote } from '@/components/ui/problem-note';
import { Skeleton } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { api, ask, type Schemas } from '@/lib/api/client';
import { formatBytes } from '@/lib/format';
import { paths } from '@/lib/paths';
import { useMay } from '@/lib/use-session';
import { ReadingSkeleton } from './reading-skeleton';
import { UploadReading } from './upload-reading';

/** How one uploaded file is read, with all that can be changed about it, up to its publication. */
export function UploadPage() {
  const id = useSearchParams().get('id') ?? '';
  const upload = useQuery({
    queryKey: ['uploads', 'one', id],
    queryFn: () => ask(api.GET('/api/v1/uploads/{upload_id}', { params: { path: { upload_id: id } } })),
    enabled: id !== '',
    refetchInterval: ({ state }) => (state.data?.status === 'receiving' ? 2000 : false),
  });
  if (id === '') return <NoSuchUpload />;
  if (upload.error) {
    return (
      <Page title="Upload">
        <ProblemNote error={upload.error} onRetry={() => void upload.refetch()} />
      </Page>
    );
  }
  if (!upload.data) return <Loading />;
  return (
    <Page
      wide
      title={upload.data.file_name}
      description={<Facts upload={upload.data} />}
      actions={<Delete upload={upload.data} />}
    >
      <State upload={upload.data} />
    </Page>
  );
}

function State({ upload }: { upload: Schemas['Upload'] }) {
  switch (upload.status) {
    case 'receiving':
      return (
        <p className="text-sm text-muted-foreground">
          The file is still arriving. Its rows appear here as soon as it is complete.
        </p>
      );
    case 'failed':
    case 'expired':
      return (
        <EmptyState
          icon={FileQuestion}
          title={upload.error?.title ?? 'The file is gone'}
          actions={
            <Button asChild>
              <Link href={paths.files()}>Back to the files</Link>
            </Button>
          }
        >
          {upload.error?.detail ?? 'It was not published in time and has been deleted. Upload it again.'}
        </EmptyState>
      );
    default:
      return <UploadReading key={upload.upload_id} upload={upload} />;
  }
}

function Facts({
  upload: { bytes, created_at: at, expires_at: expires, status, dataset },
}: {
  upload: Schemas['Upload'];
}) {
  return (
    <>
      {formatBytes(bytes)}, uploaded <Time at={at} />
      {status === 'ready' && expires && (
        <>
          , kept until published or deleted <Time at={expires} />
        </>
      )}
      {dataset && (
        <>
          , published in{' '}
          <Link href={paths.dataset(dataset)} className="text-accent underline underline-offset-4">
            {dataset}
          </Link>
        </>
      )}
    </>
  );
}

function Delete({ upload: { upload_id: id, file_name: name, status } }: { upload: Schemas['Upload'] }) {
  const router = useRouter();
  const client = useQueryClient();
  const mayWrite = useMay('uploads:write');
  if (!mayWrite || status !== 'ready') return null;
  return (
    <Confirm
      title={`Delete ${name}?`}
      description="The uploaded file is deleted. No data set holds it."
      action="Delete"
      trigger={
        <Button>
          <Trash2 /> Delete
        </Button>
      }
      onConfirm={async () => {
        await ask(api.DELETE('/api/v1/uploads/{upload_id}', { params: { path: { upload_id: id } } }));
        router.push(paths.files());
        void client.invalidateQueries({ queryKey: ['uploads', 'list'] });
      }}
    />
  );
}

function NoSuchUpload() {
  return (
    <Page title="Upload">
      <EmptyState
        icon={FileQuestion}
        title="No upload is named"
        actions={
          <Button asChild>
            <Link href={paths.files()}>All files</Link>
          </Button>
        }
      >
        The address lacks the id of an upload.
      </EmptyState>
    </Page>
  );
}

function Loading() {
  return (
    <Page wide title={<Skeleton className="h-8 w-64" />} description={<Skeleton className="mt-2 h-4 w-80" />}>
      <ReadingSkeleton />
    </Page>
  );
}
