'use client';

import { History } from 'lucide-react';
import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { Time } from '@/components/ui/time';
import type { Schemas } from '@/lib/api/client';
import { formatBytes, formatCount, formatNumber } from '@/lib/format';
import { paths } from '@/lib/paths';
import { JobProgress } from './job-progress';
import { SchemaChanges } from './schema-changes';

type Version = Schemas['DatasetVersion'];

/** What the data set was and is, newest first. */
export function VersionsList({
  versions,
  onRestore,
  onRejects,
}: {
  versions: readonly Version[];
  /** Absent when the visitor may not restore, or not now. */
  onRestore: ((version: number) => Promise<unknown>) | undefined;
  onRejects: (version: number) => void;
}) {
  return (
    <ol className="divide-y overflow-hidden rounded-xl border bg-surface">
      {versions.map((version) => (
        <VersionRow key={version.version} version={version} onRestore={onRestore} onRejects={onRejects} />
      ))}
    </ol>
  );
}

function VersionRow({
  version,
  onRestore,
  onRejects,
}: {
  version: Version;
  onRestore: ((version: number) => Promise<unknown>) | undefined;
  onRejects: (version: number) => void;
}) {
  const { version: number, state, current, rows_rejected: rejected, error, crawl_id: crawlId, job_id: jobId } = version;
  return (
    <li className="flex flex-col gap-2 px-4 py-3.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <span className="font-medium">Version {number}</span>
        {current && <Badge tone="success">Current</Badge>}
        {state === 'converting' && <Badge tone="accent">On its way</Badge>}
        {state === 'failed' && <Badge tone="danger">Not published</Badge>}
        <span className="text-sm text-muted-foreground">
          <Time at={version.created_at} />
        </span>
        <span className="ml-auto flex gap-2">
          {crawlId && (
            <Button asChild size="small" variant="ghost">
              <Link href={paths.crawl(crawlId)} prefetch={false}>
                {state === 'converting' ? 'Follow it' : 'How it went'}
              </Link>
            </Button>
          )}
          {onRestore && state === 'ready' && !current && (
            <Confirm
              title={`Restore version ${number}?`}
              description={`The ${formatCount(version.rows ?? 0, 'row')} of version ${number} become the current ones, as a new version. Nothing is lost: the present version can be restored likewise.`}
              action="Restore"
              trigger={
                <Button size="small">
                  <History /> Restore
                </Button>
              }
              onConfirm={() => onRestore(number)}
            />
          )}
        </span>
      </div>
      <p className="text-sm break-words text-muted-foreground">{describe(version)}</p>
      {state === 'converting' && !crawlId && jobId && <JobProgress jobId={jobId} />}
      {error && (
        <p className="text-sm">
          {error.title}. {error.detail}
        </p>
      )}
      <SchemaChanges changes={version.schema_changes} />
      {(rejected ?? 0) > 0 && (
        <Button variant="link" size="inline" className="self-start text-[13px]" onClick={() => onRejects(number)}>
          See the {formatCount(rejected ?? 0, 'rejected row')}
        </Button>
      )}
    </li>
  );
}

const modes: Readonly<Record<Version['mode'], string>> = {
  create: 'Created from',
  append: 'Added',
  replace: 'Replaced by',
  restore: 'Restored from',
};

function describe({
  mode,
  file_name: file,
  restored_from: from,
  rows_stored: stored,
  rows,
  bytes_raw: bytes,
}: Version): string {
  const what = mode === 'restore' ? `version ${from}` : (file ?? 'a file');
  const size = mode === 'restore' ? '' : `, ${formatBytes(bytes)}`;
  const added = mode === 'append' && stored !== null ? `, ${formatNumber(stored)} new rows` : '';
  const total = rows === null ? '' : `, ${formatCount(rows, 'row')}${mode === 'append' ? ' in all' : ''}`;
  return `${modes[mode]} ${what}${size}${added}${total}`;
}
