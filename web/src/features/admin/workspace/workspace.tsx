'use client';

import { Page } from '@/components/shell/page';
import { ProblemNote } from '@/components/ui/problem-note';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api/client';
import { useMay, useWorkspace } from '@/lib/use-session';
import { useVersioned } from '@/lib/use-versioned';
import { DeletedWorkspaces } from './deleted-workspaces';
import { DeleteWorkspace } from './delete-workspace';
import { LeaveWorkspace } from './leave-workspace';
import { NameForm } from './name-form';
import { TransferOwnership } from './transfer-ownership';

/** The workspace itself: its name, whose it is, and its end. */
export function Workspace() {
  const workspaceId = useWorkspace()?.id;
  if (workspaceId === undefined) return null;
  return <WorkspacePage key={workspaceId} workspaceId={workspaceId} />;
}

function WorkspacePage({ workspaceId }: { workspaceId: string }) {
  const mayDelete = useMay('workspace:delete');
  const read = useVersioned(['workspace', workspaceId], () =>
    api.GET('/api/v1/workspaces/{workspace_id}', { params: { path: { workspace_id: workspaceId } } }),
  );
  return (
    <Page title="Workspace" description="A workspace has its own files, tables, conversations and members.">
      {read.isPending && <Skeleton className="h-40" />}
      {read.isError && <ProblemNote error={read.error} onRetry={() => void read.refetch()} />}
      {read.data && (
        <>
          <NameForm key={read.data.etag} workspace={read.data.value} etag={read.data.etag} />
          {mayDelete && <TransferOwnership workspace={read.data.value} />}
          <LeaveWorkspace workspace={read.data.value} />
          {mayDelete && <DeleteWorkspace workspace={read.data.value} etag={read.data.etag} />}
        </>
      )}
      <DeletedWorkspaces />
    </Page>
  );
}
