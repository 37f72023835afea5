'use client';

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FileQuestion } from 'lucide-react';
import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { toast } from 'sonner';
import { Page } from '@/components/shell/page';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { LoadMore } from '@/components/ui/load-more';
import { ProblemNote } from '@/components/ui/problem-note';
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import { Time } from '@/components/ui/time';
import { api, ask, type Schemas } from '@/lib/api/client';
import { formatBytes, formatCount, formatNumber } from '@/lib/format';
import { paths } from '@/lib/paths';
import { useMay } from '@/lib/use-session';
import { ColumnsList } from './columns-list';
import { DatasetActions } from './dataset-actions';
import { RejectsView } from './rejects';
import { VersionsList } from './versions-list';

/** One data set: what it holds, how it became so, what did not fit. */
export function DatasetPage() {
  const name = useSearchParams().get('name') ?? '';
  const dataset = useQuery({
    queryKey: ['datasets', 'one', name],
    queryFn: () => ask(api.GET('/api/v1/datasets/{dataset}', { params: { path: { dataset: name } } })),
    enabled: name !== '',
  });
  if (name === '') return <NoSuchDataset />;
  if (dataset.error) {
    return (
      <Page title={name}>
        <ProblemNote error={dataset.error} onRetry={() => void dataset.refetch()} />
      </Page>
    );
  }
  if (!dataset.data) {
    return (
      <Page title={name} description={<Skeleton className="mt-2 h-4 w-72" />}>
        <Skeleton className="h-19 w-full" />
        <SkeletonRows rows={4} />
      </Page>
    );
  }
  return (
    <Page
      title={<span className="break-all">{name}</span>}
      description={
        <>
          Updated <Time at={dataset.data.updated_at} />, created <Time at={dataset.data.created_at} />
        </>
      }
      actions={<DatasetActions dataset={dataset.data} />}
    >
      <Facts dataset={dataset.data} />
      <Parts dataset={dataset.data} />
    </Page>
  );
}

function NoSuchDataset() {
  return (
    <Page title="Data set">
      <EmptyState
        icon={FileQuestion}
        title="No data set is named"
        actions={
          <Button asChild>
            <Link href={paths.files()}>All data sets</Link>
          </Button>
        }
      >
        The address lacks the name of a data set.
      </EmptyState>
    </Page>
  );
}

function Facts({
  dataset: { version, rows, contract, bytes_raw: raw, bytes_parquet: stored },
}: {
  dataset: Schemas['Dataset'];
}) {
  const facts = [
    ['Rows', version === null ? '–' : formatNumber(rows)],
    ['Columns', formatNumber(contract?.columns.filter(({ drop }) => !drop).length ?? 0)],
    ['Version', version === null ? 'none yet' : String(version)],
    ['Uploaded', formatBytes(raw)],
    ['Stored', formatBytes(stored)],
  ] as const;
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border bg-border sm:grid-cols-5">
      {facts.map(([label, value]) => (
        <div key={label} className="bg-surface px-4 py-3 last:max-sm:col-span-2">
          <dt className="text-xs text-muted-foreground">{label}</dt>
          <dd className="text-lg font-semibold tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Parts({ dataset: { dataset, version: current } }: { dataset: Schemas['Dataset'] }) {
  const router = useRouter();
  const client = useQueryClient();
  const params = useSearchParams();
  const mayWrite = useMay('datasets:write');
  const versions = useInfiniteQuery({
    queryKey: ['datasets', 'versions', dataset, 'list'],
    queryFn: ({ pageParam: cursor }) =>
      ask(
        api.GET('/api/v1/datasets/{dataset}/versions', { params: { path: { dataset }, query: { limit: 50, cursor } } }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor: next }) => next ?? undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some((each) => each.state === 'converting')) ? 3000 : false,
  });
  const restore = useMutation({
    mutationFn: (version: number) =>
      ask(
        api.POST('/api/v1/datasets/{dataset}/versions/{version}/restore', {
          params: { path: { dataset, version: String(version) } },
        }),
      ),
    meta: { quiet: true },
    onSuccess: ({ crawl_id: id, version }, from) => {
      void client.invalidateQueries({ queryKey: ['datasets'] });
      toast.success(`Version ${from} is restored as version ${version}`, {
        action: id === null ? undefined : { label: 'Follow the crawl', onClick: () => router.push(paths.crawl(id)) },
      });
    },
  });
  const show = (changes: Record<string, string>) => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(changes)) next.set(name, value);
    router.replace(`?${next}`, { scroll: false });
  };
  if (versions.error) return <ProblemNote error={versions.error} onRetry={() => void versions.refetch()} />;
  if (!versions.data) return <SkeletonRows rows={4} />;
  const all = versions.data.pages.flatMap(({ items }) => items);
  const latest = all.find(({ version }) => version === current);
  const rejected = all.reduce((sum, { rows_rejected: each }) => sum + (each ?? 0), 0);
  return (
    <Tabs value={params.get('show') ?? 'versions'} onValueChange={(tab) => show({ show: tab })}>
      <TabsList className="mb-4">
        <TabsTrigger value="versions">
          {formatCount(all.length, 'version')}
          {versions.hasNextPage && ' and more'}
        </TabsTrigger>
        <TabsTrigger value="columns">Columns</TabsTrigger>
        <TabsTrigger value="rejects">
          {rejected > 0 ? formatCount(rejected, 'rejected row') : 'Rejected rows'}
        </TabsTrigger>
      </TabsList>
      <TabsContent value="versions">
        <VersionsList
          versions={all}
          onRestore={mayWrite ? restore.mutateAsync : undefined}
          onRejects={(version) => show({ show: 'rejects', version: String(version) })}
        />
        <LoadMore list={versions} />
      </TabsContent>
      <TabsContent value="columns">
        {latest ? (
          <ColumnsList columns={latest.columns} />
        ) : (
          <p className="text-sm text-muted-foreground">Its columns are known once the first version is published.</p>
        )}
      </TabsContent>
      <TabsContent value="rejects">
        <RejectsView
          dataset={dataset}
          versions={all}
          chosen={Number(params.get('version')) || undefined}
          onChoose={(version) => show({ version: String(version) })}
        />
      </TabsContent>
    </Tabs>
  );
}
