'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Layers } from 'lucide-react';
import Link from 'next/link';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { LoadMore } from '@/components/ui/load-more';
import { ProblemNote } from '@/components/ui/problem-note';
import { SkeletonRows } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { api, ask, type Schemas } from '@/lib/api/client';
import { formatBytes, formatNumber } from '@/lib/format';
import { paths } from '@/lib/paths';

type Dataset = Schemas['Dataset'];

/** What was published, by name. */
export function DatasetsList({ search }: { search: string }) {
  const wanted = search.trim() || undefined;
  const datasets = useInfiniteQuery({
    queryKey: ['datasets', 'list', wanted],
    queryFn: ({ pageParam: cursor }) =>
      ask(api.GET('/api/v1/datasets', { params: { query: { limit: 50, cursor, search: wanted } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor: next }) => next ?? undefined,
    placeholderData: (before) => before,
  });
  if (datasets.error) return <ProblemNote error={datasets.error} onRetry={() => void datasets.refetch()} />;
  if (!datasets.data) return <SkeletonRows rows={6} />;
  const rows = datasets.data.pages.flatMap(({ items }) => items);
  if (rows.length === 0) {
    return (
      <EmptyState icon={Layers} title={wanted ? 'No data set of that name' : 'Nothing is published yet'}>
        {wanted
          ? 'Try a shorter part of the name.'
          : 'Open an upload, look at how it is read, and publish it as a data set.'}
      </EmptyState>
    );
  }
  return (
    <>
      <DataTable label="Data sets" columns={columns} rows={rows} rowKey={({ dataset }) => dataset} />
      <LoadMore list={datasets} />
    </>
  );
}

const columns: readonly DataColumn<Dataset>[] = [
  {
    header: 'Name',
    className: 'max-w-96 min-w-40',
    cell: ({ dataset }) => (
      <Link
        href={paths.dataset(dataset)}
        prefetch={false}
        title={dataset}
        className="block truncate font-medium underline-offset-4 hover:underline"
      >
        {dataset}
      </Link>
    ),
  },
  {
    header: 'Rows',
    numeric: true,
    cell: ({ rows, version }) => (version === null ? 'on its way' : formatNumber(rows)),
  },
  {
    header: 'Columns',
    numeric: true,
    cell: ({ contract }) => formatNumber(contract?.columns.filter(({ drop }) => !drop).length ?? 0),
  },
  { header: 'Versions', numeric: true, cell: ({ versions }) => formatNumber(versions) },
  {
    header: 'Size',
    numeric: true,
    className: 'whitespace-nowrap',
    cell: ({ bytes_parquet: bytes }) => formatBytes(bytes),
  },
  { header: 'Updated', className: 'whitespace-nowrap', cell: ({ updated_at: at }) => <Time at={at} /> },
];
