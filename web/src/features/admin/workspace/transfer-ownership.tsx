'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { Field } from '@/components/ui/field';
import { NativeSelect } from '@/components/ui/input';
import { api, ask, type Schemas } from '@/lib/api/client';
import { useMe } from '@/lib/use-session';
import { useMembers } from '@/lib/use-members';
import { Deed } from './deed';

/** Makes another member the owner, and oneself an administrator of the workspace. */
export function TransferOwnership({ workspace }: { workspace: Schemas['Workspace'] }) {
  const client = useQueryClient();
  const { data: me } = useMe();
  const others = useMembers().filter(({ user_id: id }) => id !== me?.id);
  const [chosen, setChosen] = useState<string>();
  const heir = others.find(({ user_id: id }) => id === chosen) ?? others[0];
  const transfer = async () => {
    const params = { path: { workspace_id: workspace.id } };
    await ask(api.POST('/api/v1/workspaces/{workspace_id}/transfer', { params, body: { user_id: heir!.user_id } }));
    await client.invalidateQueries();
    toast.success(`${heir!.full_name} owns ${workspace.name} now`);
  };
  return (
    <Deed
      title="Hand over"
      action={
        <Confirm
          title={`Hand ${workspace.name} over?`}
          description="The new owner can do everything, also remove you. You become an admin."
          action="Hand over"
          trigger={<Button disabled={!heir}>Hand over…</Button>}
          onConfirm={transfer}
        >
          <Field label="New owner">
            <NativeSelect value={heir?.user_id} onChange={(event) => setChosen(event.target.value)}>
              {others.map(({ user_id: id, full_name: name, email }) => (
                <option key={id} value={id}>
                  {name} ({email})
                </option>
              ))}
            </NativeSelect>
          </Field>
        </Confirm>
      }
    >
      {heir ? 'Another member becomes the owner, and you an admin.' : 'There is no other member who could own it.'}
    </Deed>
  );
}
