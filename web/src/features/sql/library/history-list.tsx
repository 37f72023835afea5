'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { Button } from '@/components/ui/button';
import { LoadMore } from '@/components/ui/load-more';
import { ProblemNote } from '@/components/ui/problem-note';
import { SearchField } from '@/components/ui/search-field';
import { SkeletonRows } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { api, ask, type Schemas } from '@/lib/api/client';
import { cn } from '@/lib/cn';
import { formatCount, formatDuration } from '@/lib/format';
import { useMay } from '@/lib/use-session';
import type { LibraryPort } from './library';

/** What ran in the workspace, newest first. */
export function HistoryList({ port }: { port: LibraryPort }) {
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search.trim());
  const mayRun = useMay('queries:run');
  const list = useInfiniteQuery({
    queryKey: ['query-history', wanted],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/v1/queries', {
          params: { query: { limit: 50, cursor: pageParam, ...(wanted && { search: wanted }) } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
    placeholderData: (before) => before,
  });
  const queries = list.data?.pages.flatMap(({ items }) => items);
  return (
    <>
      <SearchField value={search} onChange={setSearch} label="Search the history" />
      <div className="scrollbar-thin min-h-0 flex-1 overflow-y-auto">
        {list.isPending && <SkeletonRows rows={8} className="[&>div]:h-12" />}
        {list.error && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
        {queries?.length === 0 && (
          <p className="p-2 text-[13px] text-muted-foreground">
            {wanted ? 'No query mentions this.' : 'What you run will be here.'}
          </p>
        )}
        <ul>
          {queries?.map((query) => (
            <li key={query.query_id} className="group relative">
              <button
                type="button"
                onClick={() => port.openQuery(query, false)}
                className="block w-full rounded-md px-2 py-1.5 text-left hover:bg-muted focus-visible:-outline-offset-2"
              >
                <span className="line-clamp-2 font-mono text-xs break-words">{query.sql.replaceAll(/\s+/g, ' ')}</span>
                <span className="mt-0.5 flex gap-x-2 text-xs text-muted-foreground tabular-nums">
                  <Outcome query={query} />
                  <Time at={query.created_at} />
                </span>
              </button>
              {mayRun && (
                <Button
                  variant="outline"
                  size="icon-small"
                  aria-label="Run again in a new tab"
                  title="Run again in a new tab"
                  onClick={() => port.openQuery(query, true)}
                  className="absolute right-1 bottom-1 opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
                >
                  <RotateCw />
                </Button>
              )}
            </li>
          ))}
        </ul>
        <LoadMore list={list} />
      </div>
    </>
  );
}

const stateWords: Readonly<Record<Exclude<Schemas['Query']['state'], 'succeeded'>, string>> = {
  queued: 'waiting',
  running: 'running',
  failed: 'failed',
  cancelled: 'cancelled',
};

function Outcome({ query: { state, row_count: rows, duration_ms: duration } }: { query: Schemas['Query'] }) {
  if (state !== 'succeeded') {
    return (
      <span className={cn(state === 'failed' && 'text-danger', state === 'running' && 'text-accent')}>
        {stateWords[state]}
      </span>
    );
  }
  return (
    <>
      <span>{formatCount(rows ?? 0, 'row')}</span>
      {duration !== null && <span>{formatDuration(duration)}</span>}
    </>
  );
}
