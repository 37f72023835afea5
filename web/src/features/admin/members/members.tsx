'use client';

import { UserPlus, Users } from 'lucide-react';
import { useState } from 'react';
import { Page } from '@/components/shell/page';
import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Listing } from '@/components/ui/listing';
import { SearchField } from '@/components/ui/search-field';
import { Time } from '@/components/ui/time';
import { api, ask } from '@/lib/api/client';
import { usePages } from '@/lib/use-pages';
import { useSearchParameter, useTypedSearchParameter } from '@/lib/use-search-parameter';
import { useMay, useMe, useWorkspace } from '@/lib/use-session';
import { Filters, FilterSelect } from '@/components/ui/filters';
import { Person } from '../person';
import { useRoles } from '../use-roles';
import { Invitations } from './invitations';
import { InviteDialog } from './invite-dialog';
import { MemberRole } from './member-role';
import { RemoveMember } from './remove-member';

/** Who belongs to the workspace, with which role, and who is invited. */
export function Members() {
  const [isInviting, setInviting] = useState(false);
  const workspace = useWorkspace();
  const mayChange = useMay('members:write');
  return (
    <Page
      title="Members"
      description={`Who works in ${workspace?.name ?? 'this workspace'}, and what their role allows.`}
      actions={
        mayChange && (
          <Button variant="primary" onClick={() => setInviting(true)}>
            <UserPlus /> Invite
          </Button>
        )
      }
    >
      <MemberList />
      {mayChange && <Invitations />}
      <InviteDialog open={isInviting} onOpenChange={setInviting} />
    </Page>
  );
}

function MemberList() {
  const { typed, setTyped, settled: search } = useTypedSearchParameter('search');
  const [role, setRole] = useSearchParameter('role');
  const { data: me } = useMe();
  const workspaceId = useWorkspace()?.id;
  const roles = useRoles().data?.items ?? [];
  const list = usePages(['members', search, role], (cursor) =>
    ask(
      api.GET('/api/v1/workspaces/{workspace_id}/members', {
        params: {
          path: { workspace_id: workspaceId! },
          query: { cursor, search: search || undefined, role: role || undefined },
        },
      }),
    ),
  );
  return (
    <section className="flex flex-col gap-3" aria-label="Members">
      <Filters>
        <SearchField label="Search members" value={typed} onChange={setTyped} className="w-full sm:w-72" />
        <FilterSelect
          label="Role"
          all="All roles"
          value={role}
          onChange={setRole}
          options={roles.map(({ name }) => name)}
        />
      </Filters>
      <Listing list={list} empty={<EmptyState icon={Users} title="Nobody here is called like that" />}>
        {(members) => (
          <DataTable
            label="Members"
            rows={members}
            rowKey={({ user_id: id }) => id}
            columns={[
              {
                header: 'Person',
                cell: (member) => (
                  <Person name={member.full_name} email={member.email} isYou={member.user_id === me?.id} />
                ),
              },
              { header: 'Role', cell: (member) => <MemberRole member={member} isYou={member.user_id === me?.id} /> },
              {
                header: 'Since',
                className: 'whitespace-nowrap text-muted-foreground',
                cell: (member) => <Time at={member.joined_at} />,
              },
              {
                header: <span className="sr-only">Actions</span>,
                numeric: true,
                cell: (member) => member.user_id !== me?.id && <RemoveMember member={member} />,
              },
            ]}
          />
        )}
      </Listing>
    </section>
  );
}
