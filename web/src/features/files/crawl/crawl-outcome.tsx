'use client';

import { Database, MessageSquarePlus, SquareTerminal } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Card, CardTitle } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ProblemNote } from '@/components/ui/problem-note';
import { CircleStop } from 'lucide-react';
import type { Schemas } from '@/lib/api/client';
import { ApiProblem } from '@/lib/api/problem';
import { formatCount } from '@/lib/format';
import { paths } from '@/lib/paths';
import { useMay } from '@/lib/use-session';
import { SchemaChanges } from '../dataset/schema-changes';
import { askAbout, firstQuery } from '../next-steps';
import type { Crawl } from './crawl-steps';

/** How it ended: what there is now and what to do with it, or why there is nothing. */
export function CrawlOutcome({ crawl, version }: { crawl: Crawl; version: Schemas['DatasetVersion'] | undefined }) {
  const mayQuery = useMay('queries:run');
  const mayChat = useMay('chat:use');
  if (crawl.state === 'failed') {
    const { type, title, detail } = crawl.error ?? { type: '', title: 'It failed', detail: 'No reason is known.' };
    return (
      <ProblemNote error={new ApiProblem(500, type.split('/').at(-1) ?? 'failed', title, detail)}>
        <Button asChild size="small">
          <Link href={paths.dataset(crawl.dataset)}>See the data set</Link>
        </Button>
      </ProblemNote>
    );
  }
  if (crawl.state === 'stopped') {
    return (
      <EmptyState
        icon={CircleStop}
        title="It was stopped"
        actions={
          <Button asChild>
            <Link href={`${paths.files()}?show=uploads`}>See the uploads</Link>
          </Button>
        }
      >
        What was not published yet is not in the data set. The upload can be published again.
      </EmptyState>
    );
  }
  return (
    <Card>
      <CardTitle>{crawl.dataset} is ready</CardTitle>
      {version && <p className="mb-3 text-sm">{countRows(version)}</p>}
      {(version?.rows_rejected ?? 0) > 0 && version && (
        <p className="mb-3 text-sm">
          <Link
            href={`${paths.dataset(crawl.dataset)}&show=rejects&version=${version.version}`}
            className="text-accent underline underline-offset-4"
          >
            See the {formatCount(version.rows_rejected ?? 0, 'rejected row')}
          </Link>
        </p>
      )}
      {crawl.tables.map(({ table, change, schema_changes: changes }) =>
        change === 'updated' && changes.length > 0 ? <SchemaChanges key={table} changes={changes} /> : null,
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        {mayQuery && (
          <Button asChild variant="primary">
            <Link href={firstQuery(crawl.dataset)} prefetch={false}>
              <SquareTerminal /> Query this table
            </Link>
          </Button>
        )}
        {mayChat && (
          <Button asChild>
            <Link href={askAbout(crawl.dataset)} prefetch={false}>
              <MessageSquarePlus /> Ask about it
            </Link>
          </Button>
        )}
        <Button asChild>
          <Link href={paths.table(crawl.dataset)}>
            <Database /> See its columns
          </Link>
        </Button>
      </div>
    </Card>
  );
}

function countRows({
  mode,
  rows,
  rows_stored: stored,
  rows_rejected: rejected,
  restored_from: from,
}: Schemas['DatasetVersion']): string {
  if (mode === 'restore') return `It has the ${formatCount(rows ?? 0, 'row')} of version ${from} again.`;
  const added = `${formatCount(stored ?? 0, 'row')} stored, ${rejected === 0 ? 'none' : formatCount(rejected ?? 0, 'row')} rejected.`;
  return mode === 'append' ? `${added} The data set has ${formatCount(rows ?? 0, 'row')} now.` : added;
}
