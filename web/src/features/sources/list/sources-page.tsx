'use client';

import { Cable, Lock, Plus } from 'lucide-react';
import Link from 'next/link';
import { Page } from '@/components/shell/page';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ProblemNote } from '@/components/ui/problem-note';
import { SkeletonRows } from '@/components/ui/skeleton';
import { paths } from '@/lib/paths';
import { useMay, useWorkspace } from '@/lib/use-session';
import { KindChoice } from '../form/kind-choice';
import { useSources } from '@/components/sources/use-sources';
import { DeletedSources } from './deleted-sources';
import { SourceTable } from './source-table';

/** Where documents come from, and how each of them is. */
export function SourcesPage() {
  const may = useMay('sources:write');
  const sources = useSources();
  const isEmpty = sources.data?.items.length === 0;
  const mayRead = useMay('sources:read');
  const isKnown = useWorkspace() !== undefined;
  if (isKnown && !mayRead) {
    return (
      <Page title="Sources">
        <EmptyState icon={Lock} title="Your role does not see sources">
          Somebody who may change roles in this workspace can give you another one.
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page
      title="Sources"
      description="Slack, GitLab and Backlog, read again and again: searched under Documents, cited in chat."
      actions={
        may &&
        !isEmpty && (
          <Button asChild variant="primary">
            <Link href={paths.newSource()} prefetch={false}>
              <Plus /> Connect a source
            </Link>
          </Button>
        )
      }
    >
      {sources.isPending && <SkeletonRows rows={4} />}
      {sources.isError && !sources.data && <ProblemNote error={sources.error} onRetry={() => void sources.refetch()} />}
      {isEmpty && may && (
        <>
          <p className="text-sm text-muted-foreground">
            Nothing is connected yet. Choose where people already write; what is read stays in this service.
          </p>
          <KindChoice />
        </>
      )}
      {isEmpty && !may && (
        <EmptyState icon={Cable} title="Nothing is connected yet">
          Administrators of the workspace can connect Slack, GitLab and Backlog.
        </EmptyState>
      )}
      {sources.data && !isEmpty && <SourceTable sources={sources.data.items} />}
      {may && <DeletedSources />}
    </Page>
  );
}
