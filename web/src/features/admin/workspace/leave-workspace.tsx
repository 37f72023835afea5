'use client';

import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { api, ask, type Schemas } from '@/lib/api/client';
import { Deed } from './deed';
import { usePart } from './use-part';

export function LeaveWorkspace({ workspace }: { workspace: Schemas['Workspace'] }) {
  const part = usePart();
  const leave = async () => {
    const params = { path: { workspace_id: workspace.id } };
    await ask(api.POST('/api/v1/workspaces/{workspace_id}/leave', { params }));
    await part();
    toast.success(`You have left ${workspace.name}`);
  };
  return (
    <Deed
      title="Leave"
      action={
        <Confirm
          title={`Leave ${workspace.name}?`}
          description="You lose access at once. Coming back takes an invitation."
          action="Leave"
          keep="Stay"
          trigger={<Button>Leave the workspace</Button>}
          onConfirm={leave}
        />
      }
    >
      What you have made here stays. The last owner cannot leave.
    </Deed>
  );
}
