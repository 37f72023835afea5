'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Database, SearchX, Upload } from 'lucide-react';
import Link from 'next/link';
import type { KeyboardEvent } from 'react';
import { Page } from '@/components/shell/page';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { LoadMore } from '@/components/ui/load-more';
import { ProblemNote } from '@/components/ui/problem-note';
import { SearchField } from '@/components/ui/search-field';
import { SkeletonRows } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { api, ask, type Schemas } from '@/lib/api/client';
import { formatBytes, formatCount } from '@/lib/format';
import { paths } from '@/lib/paths';
import { useTypedSearchParameter } from '@/lib/use-search-parameter';

/** Every table of the workspace, searched by names, columns and descriptions. */
export function TableCatalog() {
  const { typed, setTyped, settled } = useTypedSearchParameter('search');
  const list = useInfiniteQuery({
    queryKey: ['tables', 'list', settled],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/v1/tables', {
          params: { query: { limit: 50, cursor: pageParam, search: settled || undefined } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: (previous) => previous,
  });
  const tables = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const isNew = list.isSuccess && tables.length === 0 && !settled;
  return (
    <Page title="Tables" description="What you can query and ask about.">
      {!isNew && (
        <SearchField
          value={typed}
          onChange={setTyped}
          label="Search tables, columns and descriptions"
          className="max-w-md"
        />
      )}
      {list.isPending && <SkeletonRows rows={6} className="[&>div]:h-20" />}
      {list.isError && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
      {isNew && <NoTables />}
      {list.isSuccess && tables.length === 0 && settled && (
        <EmptyState icon={SearchX} title={`No table, column or description mentions “${settled}”`}>
          Try a shorter word, or{' '}
          <button type="button" className="text-accent underline underline-offset-4" onClick={() => setTyped('')}>
            show every table
          </button>
          .
        </EmptyState>
      )}
      {tables.length > 0 && (
        <div>
          {/* The links take the focus; the list only helps to walk through them. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
          <ul className="divide-y rounded-xl border bg-surface" onKeyDown={moveFocus}>
            {tables.map((table) => (
              <TableItem key={table.table} table={table} />
            ))}
          </ul>
          <LoadMore list={list} />
        </div>
      )}
    </Page>
  );
}

function NoTables() {
  return (
    <EmptyState
      icon={Database}
      title="No tables yet"
      actions={
        <Button asChild variant="primary">
          <Link href={paths.files()} prefetch={false}>
            <Upload /> Bring a file
          </Link>
        </Button>
      }
    >
      Upload a CSV file, look at it, and submit it: it becomes a table that you can query and ask about.
    </EmptyState>
  );
}

function TableItem({ table }: { table: Schemas['Table'] }) {
  return (
    <li>
      <Link
        href={paths.table(table.table)}
        prefetch={false}
        className="flex flex-col gap-1 px-4 py-3 hover:bg-muted/60 focus-visible:-outline-offset-2 md:flex-row md:items-center md:justify-between md:gap-6"
      >
        <span className="min-w-0">
          <span className="block font-mono text-sm font-medium break-words">{table.table}</span>
          {table.description && <span className="mt-0.5 line-clamp-2 block text-sm">{table.description}</span>}
          <span className="mt-0.5 line-clamp-1 block text-[13px] text-muted-foreground">
            {table.columns.map(({ name }) => name).join(', ')}
          </span>
        </span>
        <span className="shrink-0 text-[13px] text-muted-foreground tabular-nums md:text-right">
          {formatCount(table.rows, 'row')} · {formatCount(table.columns.length, 'column')} · {formatBytes(table.bytes)}
          <span className="block">
            updated <Time at={table.updated_at} />
          </span>
        </span>
      </Link>
    </li>
  );
}

/** Arrow keys walk through the list. */
function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [...event.currentTarget.querySelectorAll('a')];
  const next = links[links.indexOf(document.activeElement as HTMLAnchorElement) + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
