'use client';

import { useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { Badge, type Tone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { DataTable } from '@/components/ui/data-table';
import { Listing } from '@/components/ui/listing';
import { Time } from '@/components/ui/time';
import { api, ask, type Schemas } from '@/lib/api/client';
import { usePages } from '@/lib/use-pages';
import { useWorkspace } from '@/lib/use-session';

type Invitation = Schemas['Invitation'];

const tones: Readonly<Record<Invitation['status'], Tone>> = {
  pending: 'accent',
  accepted: 'success',
  expired: 'warning',
  revoked: 'neutral',
};

/** Who has been asked to join, and what became of it. */
export function Invitations() {
  const workspaceId = useWorkspace()?.id;
  const list = usePages(['invitations'], (cursor) =>
    ask(
      api.GET('/api/v1/workspaces/{workspace_id}/invitations', {
        params: { path: { workspace_id: workspaceId! }, query: { cursor, limit: 20 } },
      }),
    ),
  );
  return (
    <section className="flex flex-col gap-3" aria-labelledby="invitations">
      <h2 id="invitations" className="font-semibold">
        Invitations
      </h2>
      <Listing
        list={list}
        rows={1}
        empty={
          <p className="text-sm text-muted-foreground">
            Nobody is invited. An invitation is a link that makes its reader a member.
          </p>
        }
      >
        {(invitations) => (
          <DataTable
            label="Invitations"
            rows={invitations}
            rowKey={({ invitation_id: id }) => id}
            columns={[
              { header: 'E-mail address', cell: ({ email }) => <span className="font-medium">{email}</span> },
              { header: 'Role', cell: ({ role }) => role },
              { header: 'State', cell: ({ status }) => <Badge tone={tones[status]}>{status}</Badge> },
              {
                header: 'Expires',
                className: 'whitespace-nowrap text-muted-foreground',
                cell: ({ status, expires_at: at }) => status === 'pending' && <Time at={at} />,
              },
              {
                header: <span className="sr-only">Actions</span>,
                numeric: true,
                cell: (invitation) => invitation.status === 'pending' && <Revoke invitation={invitation} />,
              },
            ]}
          />
        )}
      </Listing>
    </section>
  );
}

function Revoke({ invitation }: { invitation: Invitation }) {
  const client = useQueryClient();
  const workspaceId = useWorkspace()?.id;
  const revoke = async () => {
    const path = { workspace_id: workspaceId!, invitation_id: invitation.invitation_id };
    await ask(api.DELETE('/api/v1/workspaces/{workspace_id}/invitations/{invitation_id}', { params: { path } }));
    await client.invalidateQueries({ queryKey: ['invitations'] });
    toast.success(`The invitation of ${invitation.email} is revoked`);
  };
  return (
    <Confirm
      title={`Revoke the invitation of ${invitation.email}?`}
      description="The link stops working. You can invite them again."
      action="Revoke"
      trigger={
        <Button size="small">
          Revoke<span className="sr-only"> the invitation of {invitation.email}</span>
        </Button>
      }
      onConfirm={revoke}
    />
  );
}
