'use client';

import { UserPlus, Users } from 'lucide-react';
import { useState } from 'react';
import { Page } from '@/components/shell/page';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Listing } from '@/components/ui/listing';
import { SearchField } from '@/components/ui/search-field';
import { Time } from '@/components/ui/time';
import { api, ask, type Schemas } from '@/lib/api/client';
import { usePages } from '@/lib/use-pages';
import { useSearchParameter, useTypedSearchParameter } from '@/lib/use-search-parameter';
import { useMay, useMe } from '@/lib/use-session';
import { Filters, FilterSelect } from '@/components/ui/filters';
import { Person } from '../person';
import { AccountMenu } from './account-menu';
import { CreateAccount } from './create-account';

type User = Schemas['User'];

const signIns = [
  { value: 'true', label: 'May sign in' },
  { value: 'false', label: 'Disabled' },
];

/** The accounts of the workspace's members; administrators of the service see everybody's. */
export function Accounts() {
  const { typed, setTyped, settled: search } = useTypedSearchParameter('search');
  const [active, setActive] = useSearchParameter('active');
  const [scope, setScope] = useSearchParameter('scope');
  const [isCreating, setCreating] = useState(false);
  const mayChange = useMay('users:write');
  const { data: me } = useMe();
  const list = usePages(['users', search, active, scope], (cursor) =>
    ask(
      api.GET('/api/v1/users', {
        params: {
          query: {
            cursor,
            search: search || undefined,
            active: active === '' ? undefined : active === 'true',
            scope: scope === 'service' ? 'service' : undefined,
          },
        },
      }),
    ),
  );
  return (
    <Page
      title="Accounts"
      description="With what people sign in. Whether they belong to the workspace is a matter of its members."
      actions={
        mayChange && (
          <Button variant="primary" onClick={() => setCreating(true)}>
            <UserPlus /> New account
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-3">
        <Filters>
          <SearchField label="Search accounts" value={typed} onChange={setTyped} className="w-full sm:w-72" />
          <FilterSelect label="Sign-in" all="All accounts" value={active} onChange={setActive} options={signIns} />
          {me?.is_administrator && (
            <FilterSelect
              label="Whose accounts"
              all="This workspace"
              value={scope}
              onChange={setScope}
              options={[{ value: 'service', label: 'The whole service' }]}
            />
          )}
        </Filters>
        <Listing list={list} empty={<EmptyState icon={Users} title="No such account" />}>
          {(users) => <AccountTable users={users} mine={me?.id} mayChange={mayChange} />}
        </Listing>
      </div>
      <CreateAccount open={isCreating} onOpenChange={setCreating} />
    </Page>
  );
}

function AccountTable({
  users,
  mine,
  mayChange,
}: {
  users: readonly User[];
  mine: string | undefined;
  mayChange: boolean;
}) {
  return (
    <DataTable
      label="Accounts"
      rows={users}
      rowKey={({ id }) => id}
      columns={[
        {
          header: 'Person',
          cell: (user) => <Person name={user.full_name} email={user.email} isYou={user.id === mine} />,
        },
        {
          header: 'User name',
          cell: ({ username }) => (
            <span className="block max-w-36 truncate" title={username}>
              {username}
            </span>
          ),
        },
        {
          header: 'State',
          cell: (user) => (
            <span className="flex flex-wrap gap-1">
              {user.is_active ? <Badge tone="success">active</Badge> : <Badge tone="warning">disabled</Badge>}
              {user.is_administrator && <Badge tone="accent">administrator</Badge>}
            </span>
          ),
        },
        {
          header: 'Workspaces',
          cell: ({ workspaces }) => (
            <span className="block max-w-36 truncate" title={workspaces.map(({ name }) => name).join(', ')}>
              {workspaces.map(({ name }) => name).join(', ') || 'none'}
            </span>
          ),
        },
        {
          header: 'Since',
          className: 'whitespace-nowrap text-muted-foreground',
          cell: ({ created_at: at }) => <Time at={at} />,
        },
        {
          header: <span className="sr-only">Actions</span>,
          numeric: true,
          cell: (user) => mayChange && user.id !== mine && <AccountMenu user={user} />,
        },
      ]}
    />
  );
}
