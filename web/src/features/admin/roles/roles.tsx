'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Page } from '@/components/shell/page';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { ProblemNote } from '@/components/ui/problem-note';
import { SkeletonRows } from '@/components/ui/skeleton';
import type { Schemas } from '@/lib/api/client';
import { formatCount } from '@/lib/format';
import { useMay } from '@/lib/use-session';
import { useRoles } from '../use-roles';
import { DeleteRole } from './delete-role';
import { RoleDialog } from './role-dialog';
import { RoleSheet } from './role-sheet';

type Role = Schemas['WorkspaceRole'];

/** What the roles of the workspace allow: four that every workspace has, and its own. */
export function Roles() {
  const [isCreating, setCreating] = useState(false);
  const mayChange = useMay('roles:write');
  const roles = useRoles();
  return (
    <Page
      title="Roles"
      description="Every member has one role. A change holds within a second for all who have it."
      actions={
        mayChange && (
          <Button variant="primary" onClick={() => setCreating(true)}>
            <Plus /> New role
          </Button>
        )
      }
    >
      {roles.isPending && <SkeletonRows rows={4} />}
      {roles.isError && <ProblemNote error={roles.error} onRetry={() => void roles.refetch()} />}
      {roles.data && <RoleTable roles={roles.data.items} mayChange={mayChange} />}
      <RoleDialog open={isCreating} onOpenChange={setCreating} />
    </Page>
  );
}

function RoleTable({ roles, mayChange }: { roles: readonly Role[]; mayChange: boolean }) {
  return (
    <DataTable
      label="Roles"
      rows={roles}
      rowKey={({ id }) => id}
      columns={[
        {
          header: 'Role',
          cell: (role) => (
            <div className="min-w-48">
              <div className="flex items-center gap-2 font-medium">
                {role.name} {role.built_in && <Badge>built in</Badge>}
              </div>
              <div className="text-[13px] text-muted-foreground">{role.description}</div>
            </div>
          ),
        },
        {
          header: 'Allows',
          className: 'whitespace-nowrap',
          cell: (role) => <RoleSheet role={role} />,
        },
        { header: 'Members', className: 'whitespace-nowrap', cell: ({ members }) => formatCount(members, 'member') },
        {
          header: <span className="sr-only">Actions</span>,
          numeric: true,
          cell: (role) => mayChange && !role.built_in && <RoleActions role={role} roles={roles} />,
        },
      ]}
    />
  );
}

function RoleActions({ role, roles }: { role: Role; roles: readonly Role[] }) {
  const [isEditing, setEditing] = useState(false);
  return (
    <div className="flex justify-end gap-2">
      <Button size="small" onClick={() => setEditing(true)}>
        Edit<span className="sr-only"> {role.name}</span>
      </Button>
      <DeleteRole role={role} others={roles.filter(({ id }) => id !== role.id)} />
      <RoleDialog role={role} open={isEditing} onOpenChange={setEditing} />
    </div>
  );
}
