'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Card, CardTitle } from '@/components/ui/card';
import { Time } from '@/components/ui/time';
import { api, ask, type Schemas } from '@/lib/api/client';

/** Workspaces of the visitor that are deleted and not yet removed for good. */
export function DeletedWorkspaces() {
  const { data } = useQuery({
    queryKey: ['deleted-workspaces'],
    queryFn: () => ask(api.GET('/api/v1/workspaces', { params: { query: { include: 'deleted', limit: 200 } } })),
  });
  const deleted = (data?.items ?? []).filter(({ deleted_at: at }) => at !== null);
  if (deleted.length === 0) return null;
  return (
    <Card>
      <CardTitle>Deleted workspaces</CardTitle>
      <ul className="divide-y">
        {deleted.map((workspace) => (
          <li key={workspace.id} className="flex flex-wrap items-center justify-between gap-3 py-2.5 text-sm">
            <span>
              <span className="block font-medium">{workspace.name}</span>
              <span className="text-muted-foreground">
                removed for good {workspace.purge_at && <Time at={workspace.purge_at} />}
              </span>
            </span>
            <Restore workspace={workspace} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Restore({ workspace }: { workspace: Schemas['Workspace'] }) {
  const client = useQueryClient();
  const restore = useMutation({
    mutationFn: () =>
      ask(api.POST('/api/v1/workspaces/{workspace_id}/restore', { params: { path: { workspace_id: workspace.id } } })),
    onSuccess: async () => {
      await Promise.all(['me', 'deleted-workspaces'].map((key) => client.invalidateQueries({ queryKey: [key] })));
      toast.success(`${workspace.name} is back`);
    },
  });
  return (
    <Button size="small" busy={restore.isPending} onClick={() => restore.mutate()}>
      Restore<span className="sr-only"> {workspace.name}</span>
    </Button>
  );
}
