'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { Badge } from '@/components/ui/badge';
import { NativeSelect } from '@/components/ui/input';
import { api, ask, type Schemas } from '@/lib/api/client';
import { useMay, useWorkspace } from '@/lib/use-session';
import { useRolesToGive } from '../use-roles';

/** A member's role; those who may change it choose another one, which holds within a second. */
export function MemberRole({ member, isYou }: { member: Schemas['Member']; isYou: boolean }) {
  const client = useQueryClient();
  const workspaceId = useWorkspace()?.id;
  const mayChange = useMay('members:write');
  const roles = useRolesToGive();
  const change = useMutation({
    mutationFn: (role: string) =>
      ask(
        api.PATCH('/api/v1/workspaces/{workspace_id}/members/{user_id}', {
          params: { path: { workspace_id: workspaceId!, user_id: member.user_id } },
          body: { role },
        }),
      ),
    onSuccess: (_, role) => toast.success(`${member.full_name} is now ${role}`),
    onSettled: () => Promise.all(['members', 'roles'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
  const isAboveMine = !roles.some(({ name }) => name === member.role);
  const state = !member.is_active && <Badge tone="warning">account disabled</Badge>;
  if (!mayChange || isYou || isAboveMine) {
    return (
      <span className="flex items-center gap-2">
        {member.role} {state}
      </span>
    );
  }
  return (
    <span className="flex items-center gap-2">
      <NativeSelect
        aria-label={`Role of ${member.full_name}`}
        className="h-8 w-auto"
        disabled={change.isPending}
        value={change.isPending ? change.variables : member.role}
        onChange={(event) => change.mutate(event.target.value)}
      >
        {roles.map(({ id, name }) => (
          <option key={id}>{name}</option>
        ))}
      </NativeSelect>
      {state}
    </span>
  );
}
