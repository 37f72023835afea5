import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { Tooltip } from '@/components/ui/tooltip';
import type { Schemas } from '@/lib/api/client';
import { paths } from '@/lib/paths';

/** Where an upload stands, in a word. */
export function UploadStatus({ upload: { status, bytes, length, dataset, error } }: { upload: Schemas['Upload'] }) {
  switch (status) {
    case 'receiving':
      return (
        <Badge tone="accent" className="tabular-nums">
          {length ? `Arriving, ${Math.floor((bytes / length) * 100)} %` : 'Arriving'}
        </Badge>
      );
    case 'ready':
      return <Badge tone="warning">To be published</Badge>;
    case 'submitted':
      return (
        <Link href={paths.dataset(dataset ?? '')} prefetch={false} className="rounded-full">
          <Badge tone="success" className="max-w-48 hover:underline">
            <span className="truncate">In {dataset}</span>
          </Badge>
        </Link>
      );
    case 'failed':
      return (
        <Tooltip content={`${error?.title ?? 'It could not be taken'}. ${error?.detail ?? ''}`}>
          <button type="button" className="rounded-full">
            <Badge tone="danger">Failed</Badge>
          </button>
        </Tooltip>
      );
    case 'expired':
      return <Badge>Deleted</Badge>;
  }
}
