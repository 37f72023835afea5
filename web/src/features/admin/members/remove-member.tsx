'use client';

import { useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { api, ask, type Schemas } from '@/lib/api/client';
import { useMay, useWorkspace } from '@/lib/use-session';

/** Takes somebody out of the workspace; the account itself stays. */
export function RemoveMember({ member }: { member: Schemas['Member'] }) {
  const client = useQueryClient();
  const workspace = useWorkspace();
  if (!useMay('members:write')) return null;
  const remove = async () => {
    const path = { workspace_id: workspace!.id, user_id: member.user_id };
    await ask(api.DELETE('/api/v1/workspaces/{workspace_id}/members/{user_id}', { params: { path } }));
    await client.invalidateQueries({ queryKey: ['members'] });
    toast.success(`${member.full_name} no longer belongs to ${workspace!.name}`);
  };
  return (
    <Confirm
      title={`Remove ${member.full_name}?`}
      description="They lose access within a second, and what they have running here is ended. Their account, and what they have made here, stays."
      action="Remove"
      keep="Keep them"
      trigger={
        <Button size="small">
          Remove<span className="sr-only"> {member.full_name}</span>
        </Button>
      }
      onConfirm={remove}
    />
  );
}
