'use client';

import { useQuery } from '@tanstack/react-query';
import { Gauge } from 'lucide-react';
import { useState } from 'react';
import { Page } from '@/components/shell/page';
import { Button } from '@/components/ui/button';
import { ProblemNote } from '@/components/ui/problem-note';
import { Skeleton } from '@/components/ui/skeleton';
import { api, ask } from '@/lib/api/client';
import { useMay, useWorkspace } from '@/lib/use-session';
import { MeasureCard } from './measure-card';
import { QuotaDialog } from './quota-dialog';

/** What the workspace uses, and how much of it is allowed. */
export function Usage() {
  const [isEditing, setEditing] = useState(false);
  const mayChange = useMay('workspace:write');
  const workspaceId = useWorkspace()?.id;
  const usage = useQuery({
    queryKey: ['usage', workspaceId],
    queryFn: () =>
      ask(api.GET('/api/v1/workspaces/{workspace_id}/usage', { params: { path: { workspace_id: workspaceId! } } })),
    enabled: workspaceId !== undefined,
    refetchInterval: 15_000,
  });
  return (
    <Page
      title="Usage"
      description="Against the quotas of this workspace. Months are those of UTC."
      actions={
        mayChange && (
          <Button onClick={() => setEditing(true)}>
            <Gauge /> Change quotas
          </Button>
        )
      }
    >
      {usage.isError && <ProblemNote error={usage.error} onRetry={() => void usage.refetch()} />}
      <div className="grid gap-4 lg:grid-cols-2">
        {usage.isPending && Array.from({ length: 4 }, (_, index) => <Skeleton key={index} className="h-40" />)}
        {usage.data?.measures.map((measure) => (
          <MeasureCard key={measure.measure} measure={measure} />
        ))}
      </div>
      <QuotaDialog open={isEditing} onOpenChange={setEditing} />
    </Page>
  );
}
