'use client';

import { useTimeRange } from '@/components/ui/time-range';
import { useSearchParameter, useTypedSearchParameter } from '@/lib/use-search-parameter';
import { type DocumentKind, documentKinds } from './document-kinds';

/** What narrows documents, kept in the page's address. */
export function useDocumentFilters() {
  const [source, setSource] = useSearchParameter('source');
  const [kind, setKind] = useSearchParameter('kind');
  const author = useTypedSearchParameter('author', 500);
  const range = useTimeRange();
  const filters = {
    source: source || undefined,
    kind: kind in documentKinds ? (kind as DocumentKind) : undefined,
    author: author.settled.trim() || undefined,
    from: range.from || undefined,
    to: range.to || undefined,
  };
  const isNarrowed = Object.values(filters).some((each) => each !== undefined);
  return { source, setSource, kind, setKind, author, range, filters, isNarrowed };
}

export type DocumentFilters = ReturnType<typeof useDocumentFilters>;
