'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ProblemNote } from '@/components/ui/problem-note';
import { Skeleton } from '@/components/ui/skeleton';
import { api, ask, type Schemas } from '@/lib/api/client';
import { cn } from '@/lib/cn';
import { formatCount } from '@/lib/format';
import { useWorkspace } from '@/lib/use-session';
import { Hit } from './hit';
import type { DocumentFilters } from './use-document-filters';

const atOnce = 10;
const most = 100;

/** What was found, the best first; the number of hits begins anew with each search. */
export function SearchResults({ question, filters }: { question: string; filters: DocumentFilters }) {
  return <Results key={JSON.stringify([question, filters.filters])} question={question} filters={filters} />;
}

function Results({ question, filters: { filters, isNarrowed } }: { question: string; filters: DocumentFilters }) {
  const workspaceId = useWorkspace()?.id;
  const [k, setK] = useState(atOnce);
  const found = useQuery({
    queryKey: ['documents', 'search', question, filters, k, workspaceId],
    queryFn: () => ask(api.GET('/api/v1/search', { params: { query: { q: question, k, ...filters } } })),
    placeholderData: keepPreviousData,
    enabled: workspaceId !== undefined,
  });
  if (found.error) return <ProblemNote error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Waiting />;
  const { hits } = found.data;
  if (hits.length === 0) {
    return (
      <EmptyState icon={SearchX} title="Nothing was found">
        {isNarrowed
          ? 'Look in all sources, for all kinds, by all authors and at all times, or use other words.'
          : 'No document that you may read has these words, or is near to them. Use other words, or fewer.'}
      </EmptyState>
    );
  }
  return (
    <section aria-label="Hits" className={cn('flex flex-col gap-3', found.isPlaceholderData && 'opacity-60')}>
      <How results={found.data} />
      <ol className="divide-y overflow-hidden rounded-xl border bg-surface">
        {hits.map((hit) => (
          <Hit key={hit.document_id} hit={hit} />
        ))}
      </ol>
      {hits.length >= k && k < most && (
        <div className="flex justify-center">
          <Button busy={found.isFetching} onClick={() => setK(Math.min(k + atOnce, most))}>
            Show more
          </Button>
        </div>
      )}
    </section>
  );
}

/** What was compared, honestly. */
function How({ results: { hits, vectors_used: byVectors, embedder } }: { results: Schemas['SearchResults'] }) {
  return (
    <p role="status" className="text-[13px] text-muted-foreground">
      The best {formatCount(hits.length, 'document')}, by words
      {!byVectors && ' alone: what compares meanings cannot be reached just now'}
      {byVectors && (embedder.lexical ? ' and likeness of words' : ` and meaning (${embedder.model_id})`)}.
    </p>
  );
}

function Waiting() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-3">
      {Array.from({ length: 4 }, (_, index) => (
        <Skeleton key={index} className="h-28 w-full" />
      ))}
    </div>
  );
}
