'use client';

import { FileQuestion } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { Page } from '@/components/shell/page';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ProblemNote } from '@/components/ui/problem-note';
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import { paths } from '@/lib/paths';
import { useSearchParameter } from '@/lib/use-search-parameter';
import { useMay } from '@/lib/use-session';
import { KindIcon } from '@/components/sources/kind-icon';
import { kinds, type Source } from '@/components/sources/kinds';
import { SourceBadge } from '../list/source-table';
import { useSource } from '@/components/sources/use-sources';
import { LastSync } from './last-sync';
import { Settings } from './settings';
import { SourceActions } from './source-actions';
import { SourceFacts } from './source-facts';
import { SyncHistory } from './sync-history';
import { Webhook } from './webhook';

/** One source: what it brought, what goes on, and how it is set up. */
export function SourcePage() {
  const id = useSearchParams().get('id') ?? '';
  const source = useSource(id);
  if (id === '' || (source.error && !source.data)) {
    return (
      <Page title="Source">
        {source.error ? (
          <ProblemNote error={source.error} onRetry={() => void source.refetch()} />
        ) : (
          <EmptyState
            icon={FileQuestion}
            title="No source is named"
            actions={
              <Button asChild>
                <Link href={paths.sources()}>All sources</Link>
              </Button>
            }
          >
            The address lacks its id.
          </EmptyState>
        )}
      </Page>
    );
  }
  if (!source.data) {
    return (
      <Page title={<Skeleton className="h-8 w-56" />} description={<Skeleton className="mt-2 h-4 w-72" />}>
        <Skeleton className="h-19 w-full" />
        <SkeletonRows rows={4} />
      </Page>
    );
  }
  return <Known source={source.data} />;
}

function Known({ source }: { source: Source }) {
  const { kind, name, config } = source;
  return (
    <Page
      title={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="break-words">{name}</span> <SourceBadge source={source} />
        </span>
      }
      description={
        <span className="inline-flex flex-wrap items-center gap-1.5">
          <KindIcon kind={kind} /> {kinds[kind].label}
          {typeof config.url === 'string' && `, ${config.url.replace(/^https:\/\//, '')}`}
        </span>
      }
      actions={<SourceActions source={source} />}
    >
      <SourceFacts source={source} />
      <LastSync source={source} />
      <Parts source={source} />
    </Page>
  );
}

function Parts({ source }: { source: Source }) {
  const [show, setShow] = useSearchParameter('show');
  const mayWrite = useMay('sources:write');
  return (
    <Tabs value={show || 'history'} onValueChange={setShow}>
      <TabsList className="mb-4">
        <TabsTrigger value="history">History</TabsTrigger>
        <TabsTrigger value="settings">Settings</TabsTrigger>
        {mayWrite && <TabsTrigger value="webhook">Webhook</TabsTrigger>}
      </TabsList>
      <TabsContent value="history">
        <SyncHistory source={source} />
      </TabsContent>
      <TabsContent value="settings">
        <Settings source={source} />
      </TabsContent>
      {mayWrite && (
        <TabsContent value="webhook">
          <Webhook source={source} />
        </TabsContent>
      )}
    </Tabs>
  );
}
