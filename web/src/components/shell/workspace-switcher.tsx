'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Check, ChevronsUpDown, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Dialog, DialogActions } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu';
import { Skeleton } from '@/components/ui/skeleton';
import { api, ask } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { session } from '@/lib/session';
import { useMe, useWorkspace } from '@/lib/use-session';

/** Which workspace is looked at, and a new one. */
export function WorkspaceSwitcher() {
  const { data: me } = useMe();
  const workspace = useWorkspace();
  const [creating, setCreating] = useState(false);
  const switchTo = useSwitchWorkspace();
  if (!me || !workspace) return <Skeleton className="h-11" />;
  return (
    <>
      <Menu
        align="start"
        className="w-56"
        trigger={
          <Button className="h-11 w-full justify-between px-2.5">
            <span className="sr-only">Workspace</span>
            <span className="min-w-0 text-left">
              <span className="block truncate leading-tight">{workspace.name}</span>
              <span className="block text-xs font-normal text-muted-foreground">{workspace.role}</span>
            </span>
            <ChevronsUpDown className="text-muted-foreground" aria-hidden />
          </Button>
        }
      >
        <MenuLabel>Workspaces</MenuLabel>
        {me.workspaces.map(({ id, name }) => (
          <MenuItem key={id} onSelect={() => switchTo(id)}>
            <span className="flex-1 truncate">{name}</span>
            {id === workspace.id && <Check aria-label="current" />}
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem onSelect={() => setCreating(true)}>
          <Plus /> New workspace
        </MenuItem>
      </Menu>
      <NewWorkspace open={creating} onOpenChange={setCreating} />
    </>
  );
}

/** Changes the workspace and forgets what was known of the other one. */
function useSwitchWorkspace(): (id: string) => void {
  const client = useQueryClient();
  const router = useRouter();
  return (id) => {
    session.chooseWorkspace(id);
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
    router.push('/');
  };
}

function NewWorkspace({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const client = useQueryClient();
  const switchTo = useSwitchWorkspace();
  const create = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const created = await ask(api.POST('/api/v1/workspaces', { body: { name: name.trim() } }));
      await client.invalidateQueries({ queryKey: ['me'] });
      switchTo(created.id);
      onOpenChange(false);
      setName('');
      toast.success(`${created.name} is ready`);
    } catch (thrown) {
      const problem = asProblem(thrown);
      setError(problem.field('/name') ?? problem.message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="New workspace"
      description="A workspace has its own files, tables, conversations and members. You will own it."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <Field label="Name" error={error}>
          <Input value={name} onChange={(event) => setName(event.target.value)} required maxLength={100} autoFocus />
        </Field>
        <DialogActions>
          <Button type="submit" variant="primary" busy={busy} disabled={!name.trim()}>
            Create workspace
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
