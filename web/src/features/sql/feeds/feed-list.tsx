'use client';

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Rss } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Page } from '@/components/shell/page';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { DataTable } from '@/components/ui/data-table';
import { Dialog } from '@/components/ui/dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { LoadMore } from '@/components/ui/load-more';
import { ProblemNote } from '@/components/ui/problem-note';
import { SkeletonRows } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { api, ask } from '@/lib/api/client';
import { paths } from '@/lib/paths';
import { useMay } from '@/lib/use-session';
import { useSavedQuery } from '../saved/saved-queries';
import { ageLabel, changeFeed, deleteFeed, type Feed, feedsKey } from './feeds';
import { FeedForm } from './feed-form';
import { FeedInstructions } from './feed-instructions';

type Doing = { readonly what: 'read' | 'change' | 'delete'; readonly feed: Feed };

/** Every feed of the workspace. */
export function FeedList() {
  const client = useQueryClient();
  const [doing, start] = useState<Doing>();
  const mayWrite = useMay('feeds:write');
  const list = useInfiniteQuery({
    queryKey: feedsKey,
    queryFn: ({ pageParam }) => ask(api.GET('/api/v1/feeds', { params: { query: { limit: 50, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
  });
  const feeds = list.data?.pages.flatMap(({ items }) => items);
  const end = () => start(undefined);
  return (
    <Page
      title="Feeds"
      description="Results of saved queries under addresses that stay the same, for Excel, Power BI, Tableau, Grafana and scripts."
      actions={
        <Button asChild>
          <Link href={paths.sql()} prefetch={false}>
            Open SQL
          </Link>
        </Button>
      }
    >
      {list.isPending && <SkeletonRows rows={4} />}
      {list.error && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
      {feeds?.length === 0 && (
        <EmptyState icon={Rss} title="No feeds yet">
          Run a statement under SQL and choose “Share as a feed”. Programs then read its result, always with the newest
          data.
        </EmptyState>
      )}
      {feeds && feeds.length > 0 && (
        <DataTable
          label="Feeds"
          rows={feeds}
          rowKey={({ feed_id }) => feed_id}
          columns={[
            {
              header: 'Name',
              cell: (feed) => (
                <Link
                  href={paths.sql({ savedQueryId: feed.saved_query_id })}
                  prefetch={false}
                  title="Open its saved query"
                  className="font-medium underline-offset-4 hover:underline"
                >
                  {feed.name}
                </Link>
              ),
            },
            { header: 'Fixed values', cell: ({ parameters }) => <FixedValues parameters={parameters} /> },
            {
              header: 'Made anew',
              cell: ({ max_age_seconds }) => ageLabel(max_age_seconds),
              className: 'whitespace-nowrap',
            },
            { header: 'Changed', cell: ({ updated_at }) => <Time at={updated_at} />, className: 'whitespace-nowrap' },
            {
              header: <span className="sr-only">Actions</span>,
              cell: (feed) => (
                <span className="flex justify-end gap-1">
                  <Button size="small" onClick={() => start({ what: 'read', feed })}>
                    How to read it
                  </Button>
                  {mayWrite && (
                    <>
                      <Button size="small" variant="ghost" onClick={() => start({ what: 'change', feed })}>
                        Change
                      </Button>
                      <Button
                        size="small"
                        variant="ghost"
                        className="text-danger"
                        onClick={() => start({ what: 'delete', feed })}
                      >
                        Delete
                      </Button>
                    </>
                  )}
                </span>
              ),
            },
          ]}
        />
      )}
      <LoadMore list={list} />
      {doing?.what === 'read' && (
        <Dialog open onOpenChange={end} title={`How to read “${doing.feed.name}”`} className="max-w-2xl">
          <FeedInstructions feed={doing.feed} />
        </Dialog>
      )}
      {doing?.what === 'change' && <ChangeDialog feed={doing.feed} onClose={end} />}
      {doing?.what === 'delete' && (
        <Confirm
          open
          onOpenChange={end}
          title={`Delete the feed “${doing.feed.name}”?`}
          description="Its addresses stop working at once, for every program that reads them. The saved query stays."
          action="Delete"
          onConfirm={() => deleteFeed(client, doing.feed)}
        />
      )}
    </Page>
  );
}

function FixedValues({ parameters }: { parameters: Feed['parameters'] }) {
  const values = Object.entries(parameters);
  if (values.length === 0) return <span className="text-muted-foreground">none</span>;
  return (
    <span className="font-mono text-[13px]">
      {values.map(([name, value]) => `${name}=${String(value)}`).join(', ')}
    </span>
  );
}

function ChangeDialog({ feed, onClose }: { feed: Feed; onClose: () => void }) {
  const client = useQueryClient();
  const { data: saved, error } = useSavedQuery(feed.saved_query_id);
  const change = async (name: string, maxAge: number, parameters: Record<string, unknown>) => {
    await changeFeed(client, feed, { name, max_age_seconds: maxAge, parameters });
    onClose();
  };
  return (
    <Dialog open onOpenChange={onClose} title={`Change “${feed.name}”`} description="Its addresses stay the same.">
      {error && <ProblemNote error={error} />}
      {!saved && !error && <SkeletonRows rows={3} />}
      {saved && (
        <FeedForm
          name={feed.name}
          maxAge={feed.max_age_seconds}
          parameters={saved.parameters}
          fixed={feed.parameters}
          action="Save"
          onSubmit={change}
          onCancel={onClose}
        />
      )}
    </Dialog>
  );
}
