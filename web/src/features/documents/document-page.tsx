'use client';

import { useQuery } from '@tanstack/react-query';
import { FileQuestion } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { Page } from '@/components/shell/page';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ExternalLink } from '@/components/ui/external-link';
import { ProblemNote } from '@/components/ui/problem-note';
import { Skeleton } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { Detail, Details } from '@/components/ui/details';
import { api, ask, type Schemas } from '@/lib/api/client';
import { formatDateTime } from '@/lib/format';
import { paths } from '@/lib/paths';
import { KindIcon } from '@/components/sources/kind-icon';
import { kinds } from '@/components/sources/kinds';
import { documentKinds, titleOf } from './document-kinds';
import { DocumentText } from './document-text';
import type { NamedQuote } from './marked-text';
import { metadataInWords } from './metadata-words';

type Document = Schemas['Document'];

/** One document as text, with who wrote what of it, and the way to where it stands. */
export function DocumentPage() {
  const params = useSearchParams();
  const id = params.get('id') ?? '';
  const document = useQuery({
    queryKey: ['documents', 'one', id],
    queryFn: () => ask(api.GET('/api/v1/documents/{document_id}', { params: { path: { document_id: id } } })),
    enabled: id !== '',
  });
  if (id === '' || document.error) {
    return (
      <Page title="Document">
        {document.error ? (
          <ProblemNote error={document.error} onRetry={() => void document.refetch()} />
        ) : (
          <EmptyState
            icon={FileQuestion}
            title="No document is named"
            actions={
              <Button asChild>
                <Link href={paths.documents()}>All documents</Link>
              </Button>
            }
          >
            The address lacks its id.
          </EmptyState>
        )}
      </Page>
    );
  }
  if (!document.data) {
    return (
      <Page title={<Skeleton className="h-8 w-72" />} description={<Skeleton className="mt-2 h-4 w-56" />}>
        <Skeleton className="h-64 w-full" />
      </Page>
    );
  }
  return (
    <Known document={document.data} quote={{ place: params.get('quote') ?? '', words: params.get('words') ?? '' }} />
  );
}

function Known({ document, quote }: { document: Document; quote: NamedQuote }) {
  const { kind, source, container, url, created_at: created, updated_at: updated, metadata, author } = document;
  return (
    <Page
      title={titleOf(document)}
      description={
        <>
          <KindIcon kind={source.kind} className="mr-1.5" />
          {documentKinds[kind].label} of{' '}
          <Link
            href={paths.documents({ source: source.source_id })}
            prefetch={false}
            className="underline underline-offset-4"
          >
            {source.name}
          </Link>
          , {updated === created ? 'written' : 'changed'} <Time at={updated} />
        </>
      }
      actions={
        <ExternalLink
          href={url}
          className="h-9 rounded-md border bg-surface px-3.5 text-sm font-medium text-foreground"
        >
          Open in {kinds[source.kind].label}
        </ExternalLink>
      }
    >
      <div className="flex flex-col gap-6 lg:flex-row-reverse lg:items-start">
        <aside aria-label="About it" className="rounded-xl border bg-surface p-4 lg:w-72 lg:shrink-0">
          <Details>
            <Detail term="In">{container}</Detail>
            <Detail term="By">{author}</Detail>
            <Detail term="Written">{formatDateTime(created)}</Detail>
            <Detail term="Changed">{updated !== created && formatDateTime(updated)}</Detail>
            {metadataInWords(metadata).map(([term, text]) => (
              <Detail key={term} term={term}>
                {text}
              </Detail>
            ))}
          </Details>
        </aside>
        <DocumentText document={document} quote={quote} />
      </div>
    </Page>
  );
}
