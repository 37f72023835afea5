'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleStop, FileQuestion } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { Page } from '@/components/shell/page';
import { Badge, type Tone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Confirm } from '@/components/ui/confirm';
import { EmptyState } from '@/components/ui/empty-state';
import { ProblemNote } from '@/components/ui/problem-note';
import { Skeleton } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { api, ask, type Schemas } from '@/lib/api/client';
import { formatCount, formatDuration } from '@/lib/format';
import { paths } from '@/lib/paths';
import { useMay } from '@/lib/use-session';
import { CrawlOutcome } from './crawl-outcome';
import { type Crawl, crawlSteps, isOver } from './crawl-steps';
import { Timeline } from './timeline';
import { useCrawl } from './use-crawl';

/** A publication as it happens, and what can be done with the data once it is there. */
export function CrawlPage() {
  const id = useSearchParams().get('id') ?? '';
  const { crawl, retries } = useCrawl(id);
  if (id === '' || crawl.error) {
    return (
      <Page title="Publication">
        {crawl.error ? (
          <ProblemNote error={crawl.error} onRetry={() => void crawl.refetch()} />
        ) : (
          <EmptyState icon={FileQuestion} title="No publication is named">
            The address lacks its id.
          </EmptyState>
        )}
      </Page>
    );
  }
  if (!crawl.data) {
    return (
      <Page title={<Skeleton className="h-8 w-56" />} description={<Skeleton className="mt-2 h-4 w-72" />}>
        <Skeleton className="h-64 w-full" />
      </Page>
    );
  }
  return <Known crawl={crawl.data} retries={retries} />;
}

function Known({ crawl, retries }: { crawl: Crawl; retries: number }) {
  const versions = useQuery({
    queryKey: ['datasets', 'versions', crawl.dataset, 'of-crawl', crawl.crawl_id, crawl.state],
    queryFn: () =>
      ask(
        api.GET('/api/v1/datasets/{dataset}/versions', {
          params: { path: { dataset: crawl.dataset }, query: { limit: 50 } },
        }),
      ),
    placeholderData: (before) => before,
  });
  const version = versions.data?.items.find(({ crawl_id: id }) => id === crawl.crawl_id);
  const converts = crawl.phase === 'converting' || (version !== undefined && version.mode !== 'restore');
  return (
    <Page
      title={
        <>
          {headingOf(crawl, version?.mode)}{' '}
          <Link href={paths.dataset(crawl.dataset)} className="break-all underline-offset-4 hover:underline">
            {crawl.dataset}
          </Link>
        </>
      }
      description={
        <>
          {version?.file_name && <>{version.file_name}, </>}
          begun <Time at={crawl.queued_at} />
          {crawl.finished_at && <>, took {formatDuration(took(crawl))}</>}
        </>
      }
      actions={!isOver(crawl) && <Stop crawl={crawl} />}
    >
      <Card>
        <div role="status" className="mb-4 flex items-center gap-2 text-sm">
          <Badge tone={tones[crawl.state]}>{labels[crawl.state]}</Badge>
          {retries > 0 && !isOver(crawl) && (
            <span className="text-muted-foreground">Tried again {formatCount(retries, 'time')}</span>
          )}
        </div>
        <Timeline steps={crawlSteps(crawl, converts)} crawl={crawl} />
      </Card>
      {isOver(crawl) && <CrawlOutcome crawl={crawl} version={version} />}
    </Page>
  );
}

const tones: Readonly<Record<Crawl['state'], Tone>> = {
  queued: 'neutral',
  running: 'accent',
  stopping: 'warning',
  succeeded: 'success',
  failed: 'danger',
  stopped: 'neutral',
};

const labels: Readonly<Record<Crawl['state'], string>> = {
  queued: 'Waits for its turn',
  running: 'Under way',
  stopping: 'Stopping',
  succeeded: 'Done',
  failed: 'Failed',
  stopped: 'Stopped',
};

function headingOf({ state }: Crawl, mode: Schemas['DatasetVersion']['mode'] | undefined): string {
  const publishes = mode !== undefined && mode !== 'restore';
  if (state === 'succeeded') return publishes ? 'Published' : 'Crawled';
  return publishes ? 'Publishing' : 'Crawling';
}

function took({ queued_at: from, finished_at: to }: Crawl): number {
  return to === null ? 0 : new Date(to).getTime() - new Date(from).getTime();
}

function Stop({ crawl: { crawl_id: id, state } }: { crawl: Crawl }) {
  const client = useQueryClient();
  const may = useMay('crawls:write');
  const stop = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/crawls/{crawl_id}/stop', { params: { path: { crawl_id: id } } })),
    meta: { quiet: true },
    onSuccess: (stopping) => client.setQueryData(['crawls', 'one', id], stopping),
  });
  if (!may) return null;
  return (
    <Confirm
      title="Stop this?"
      description="If the rows are not published yet, nothing of the file is kept in the data set. The upload stays, and can be published again."
      action="Stop"
      trigger={
        <Button disabled={state === 'stopping'}>
          <CircleStop /> {state === 'stopping' ? 'Stopping' : 'Stop'}
        </Button>
      }
      onConfirm={() => stop.mutateAsync()}
    />
  );
}
