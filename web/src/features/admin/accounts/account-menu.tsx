'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Ban, CircleCheck, KeyRound, MoreHorizontal, Pencil, ShieldCheck, ShieldOff, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';
import { api, ask, type Schemas } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { useMe } from '@/lib/use-session';
import { EditAccount } from './edit-account';
import { SetPassword } from './set-password';

type User = Schemas['User'];
type Doing = 'edit' | 'password' | 'disable' | 'administrator' | 'delete';

/** What can be done to an account. The service decides who may: an account may belong to other workspaces, too. */
export function AccountMenu({ user }: { user: User }) {
  const [doing, setDoing] = useState<Doing>();
  const isAdministrator = useMe().data?.is_administrator ?? false;
  const change = useChangeAccount(user);
  const isOpen = (which: Doing) => ({
    open: doing === which,
    onOpenChange: (open: boolean) => setDoing(open ? which : undefined),
  });
  return (
    <>
      <Menu
        trigger={
          <Button variant="ghost" size="icon-small" aria-label={`Actions for ${user.full_name}`}>
            <MoreHorizontal />
          </Button>
        }
      >
        <MenuItem onSelect={() => setDoing('edit')}>
          <Pencil /> Edit
        </MenuItem>
        <MenuItem onSelect={() => setDoing('password')}>
          <KeyRound /> Set a password
        </MenuItem>
        {isAdministrator && (
          <MenuItem onSelect={() => setDoing('administrator')}>
            {user.is_administrator ? <ShieldOff /> : <ShieldCheck />}
            {user.is_administrator ? 'No longer administrator' : 'Make administrator'}
          </MenuItem>
        )}
        <MenuSeparator />
        {user.is_active ? (
          <MenuItem onSelect={() => setDoing('disable')}>
            <Ban /> Disable
          </MenuItem>
        ) : (
          <MenuItem onSelect={() => void change({ is_active: true }, 'may sign in again').catch(showProblem)}>
            <CircleCheck /> Enable
          </MenuItem>
        )}
        <MenuItem danger onSelect={() => setDoing('delete')}>
          <Trash2 /> Delete
        </MenuItem>
      </Menu>
      <EditAccount user={user} {...isOpen('edit')} />
      <SetPassword user={user} {...isOpen('password')} />
      <Confirm
        {...isOpen('disable')}
        title={`Disable ${user.full_name}?`}
        description="Their sessions, connections and running queries end within a second, in every workspace. You can enable the account again."
        action="Disable"
        keep="Keep it enabled"
        onConfirm={() => change({ is_active: false }, 'can no longer sign in')}
      />
      <Confirm
        {...isOpen('administrator')}
        title={
          user.is_administrator
            ? `Take administration from ${user.full_name}?`
            : `Make ${user.full_name} an administrator?`
        }
        description="Administrators of the service see and change every account and every workspace’s audit and quotas."
        action={user.is_administrator ? 'Take it' : 'Make administrator'}
        keep="Leave it"
        onConfirm={() =>
          change(
            { is_administrator: !user.is_administrator },
            user.is_administrator ? 'is no longer an administrator' : 'administers the service now',
          )
        }
      />
      <DeleteAccount user={user} {...isOpen('delete')} />
    </>
  );
}

function DeleteAccount({ user, ...dialog }: { user: User; open: boolean; onOpenChange: (open: boolean) => void }) {
  const client = useQueryClient();
  const remove = async () => {
    await ask(api.DELETE('/api/v1/users/{user_id}', { params: { path: { user_id: user.id } } }));
    await client.invalidateQueries({ queryKey: ['users'] });
    toast.success(`The account of ${user.full_name} is deleted`);
  };
  return (
    <Confirm
      {...dialog}
      title={`Delete the account of ${user.full_name}?`}
      description="It cannot be brought back. What it made stays in the workspaces."
      action="Delete"
      typeToConfirm={user.email}
      onConfirm={remove}
    />
  );
}

function useChangeAccount(user: User): (body: Schemas['ChangeUser'], said: string) => Promise<void> {
  const client = useQueryClient();
  return async (body, said) => {
    await ask(api.PATCH('/api/v1/users/{user_id}', { params: { path: { user_id: user.id } }, body }));
    await client.invalidateQueries({ queryKey: ['users'] });
    toast.success(`${user.full_name} ${said}`);
  };
}

function showProblem(error: unknown): void {
  const { title, message } = asProblem(error);
  toast.error(title, { description: message });
}
