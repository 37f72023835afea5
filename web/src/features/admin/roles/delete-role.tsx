'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { Field } from '@/components/ui/field';
import { NativeSelect } from '@/components/ui/input';
import { api, ask, type Schemas } from '@/lib/api/client';
import { formatCount } from '@/lib/format';
import { mostHarmless } from '../use-roles';

type Role = Schemas['WorkspaceRole'];

/** Deletes a role; those who have it, or are invited with it, get another one. */
export function DeleteRole({ role, others }: { role: Role; others: readonly Role[] }) {
  const client = useQueryClient();
  const [replacement, setReplacement] = useState(() => mostHarmless(others));
  const remove = async () => {
    const params = { path: { role_id: role.id }, query: { replace_with: replacement } };
    await ask(api.DELETE('/api/v1/roles/{role_id}', { params }));
    await Promise.all(['roles', 'members', 'invitations'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    toast.success(`${role.name} is deleted`);
  };
  return (
    <Confirm
      title={`Delete the role ${role.name}?`}
      description={`${formatCount(role.members, 'member')}, and those who are invited with it, get another role at once.`}
      action="Delete"
      trigger={
        <Button size="small">
          Delete<span className="sr-only"> {role.name}</span>
        </Button>
      }
      onConfirm={remove}
    >
      <Field label="They get instead">
        <NativeSelect value={replacement} onChange={(event) => setReplacement(event.target.value)}>
          {others.map(({ id, name }) => (
            <option key={id}>{name}</option>
          ))}
        </NativeSelect>
      </Field>
    </Confirm>
  );
}
