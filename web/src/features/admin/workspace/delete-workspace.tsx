'use client';

import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { api, ask, type Schemas } from '@/lib/api/client';
import { formatDate } from '@/lib/format';
import { ifMatch } from '@/lib/use-versioned';
import { Deed } from './deed';
import { usePart } from './use-part';

/** Deleting can be undone until the day that the service names. */
export function DeleteWorkspace({
  workspace: { id, name },
  etag,
}: {
  workspace: Schemas['Workspace'];
  etag: string | undefined;
}) {
  const part = usePart();
  const remove = async () => {
    const params = { path: { workspace_id: id }, query: { confirm: name }, header: ifMatch(etag) };
    const { purge_at: purgeAt } = await ask(api.DELETE('/api/v1/workspaces/{workspace_id}', { params }));
    await part();
    const until = purgeAt === null ? '' : ` until ${formatDate(purgeAt)}`;
    toast.success(`${name} is deleted`, { description: `Its owners can restore it${until}.` });
  };
  return (
    <Deed
      title="Delete"
      action={
        <Confirm
          title={`Delete ${name}?`}
          description="It is gone for everybody at once, with its files, tables and conversations. Its owners can restore it for some days."
          action="Delete the workspace"
          typeToConfirm={name}
          trigger={<Button variant="danger">Delete the workspace</Button>}
          onConfirm={remove}
        />
      }
    >
      For everybody, at once. Owners can restore it for some days; then it is removed for good.
    </Deed>
  );
}
