'use client';

import { BookOpenText } from 'lucide-react';
import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Listing } from '@/components/ui/listing';
import { Time } from '@/components/ui/time';
import { api, ask, type Schemas } from '@/lib/api/client';
import { paths } from '@/lib/paths';
import { usePages } from '@/lib/use-pages';
import { useMay } from '@/lib/use-session';
import { KindIcon } from '@/components/sources/kind-icon';
import { useReadableSources } from '@/components/sources/use-sources';
import { documentKinds, originOf, titleOf } from './document-kinds';
import type { DocumentFilters } from './use-document-filters';

type Listed = Schemas['ListedDocument'];

/** Documents, the latest change first. */
export function DocumentList({ filters: { filters, isNarrowed } }: { filters: DocumentFilters }) {
  const list = usePages(['documents', 'list', filters], (cursor) =>
    ask(api.GET('/api/v1/documents', { params: { query: { ...filters, cursor, limit: 30 } } })),
  );
  return (
    <Listing list={list} rows={8} empty={<Nothing isNarrowed={isNarrowed} />}>
      {(documents) => (
        <ul aria-label="Documents" className="divide-y overflow-hidden rounded-xl border bg-surface">
          {documents.map((document) => (
            <Row key={document.document_id} document={document} />
          ))}
        </ul>
      )}
    </Listing>
  );
}

function Row({ document }: { document: Listed }) {
  const { document_id: id, kind, source, updated_at: at, found_by: foundBy, metadata, excerpt } = document;
  const { icon: Icon, label } = documentKinds[kind];
  return (
    <li className="relative flex gap-3 px-4 py-3 hover:bg-muted/50">
      <Icon className="mt-0.5 size-4 shrink-0 text-muted-foreground" aria-label={label} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <Link
            href={paths.document(id)}
            prefetch={false}
            className="min-w-0 font-medium break-words after:absolute after:inset-0 hover:underline"
          >
            {titleOf(document)}
          </Link>
          {typeof metadata.state === 'string' && <Badge>{metadata.state}</Badge>}
          {foundBy === 'nothing' && <Badge tone="warning">Not to be found yet</Badge>}
        </p>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-1.5 text-[13px] text-muted-foreground">
          <KindIcon kind={source.kind} named className="size-3.5" />
          {originOf(document)}, <Time at={at} />
        </p>
        <p className="mt-1 line-clamp-2 text-sm break-words">{excerpt}</p>
      </div>
    </li>
  );
}

function Nothing({ isNarrowed }: { isNarrowed: boolean }) {
  const sources = useReadableSources();
  const mayConnect = useMay('sources:write');
  const maySee = useMay('sources:read');
  if (isNarrowed) {
    return (
      <EmptyState icon={BookOpenText} title="No such document">
        Nothing of that source, kind, author and time. The name of an author must be whole.
      </EmptyState>
    );
  }
  if (sources.length > 0) {
    return (
      <EmptyState
        icon={BookOpenText}
        title="Nothing has been read yet"
        actions={
          <Button asChild>
            <Link href={paths.sources()} prefetch={false}>
              See how the sources are
            </Link>
          </Button>
        }
      >
        Documents come with the first sync of a source.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={BookOpenText}
      title="There are no documents yet"
      actions={
        mayConnect &&
        maySee && (
          <Button asChild variant="primary">
            <Link href={paths.newSource()} prefetch={false}>
              Connect a source
            </Link>
          </Button>
        )
      }
    >
      {mayConnect
        ? 'Connect Slack, GitLab or Backlog, and what people wrote there can be searched here and cited in chat.'
        : 'Once an administrator connects Slack, GitLab or Backlog, what people wrote there can be searched here.'}
    </EmptyState>
  );
}
