'use client';

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Page } from '@/components/shell/page';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { LoadMore } from '@/components/ui/load-more';
import { ProblemNote } from '@/components/ui/problem-note';
import { SkeletonRows } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { api, ask, type Schemas } from '@/lib/api/client';
import { useWorkspace } from '@/lib/use-session';
import { CreateToken } from './create-token';

type Token = Schemas['ApiToken'];

/** What programs sign in with. A token belongs to its maker and to one workspace. */
export function ApiTokens() {
  const [creating, setCreating] = useState(false);
  const workspace = useWorkspace();
  const list = useInfiniteQuery({
    queryKey: ['api-tokens', workspace?.id],
    queryFn: ({ pageParam }) => ask(api.GET('/api/v1/api-tokens', { params: { query: { cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const tokens = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus /> New token
    </Button>
  );
  return (
    <Page
      title="API tokens"
      description={`For programs that read feeds, run queries or ask questions in ${workspace?.name ?? 'this workspace'}.`}
      actions={tokens.length > 0 && create}
    >
      {list.isPending && <SkeletonRows rows={4} />}
      {list.isError && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && tokens.length === 0 && (
        <EmptyState icon={KeyRound} title="No API tokens yet" actions={create}>
          A token lets a program act for you within the limits that you choose, until it expires or you revoke it.
        </EmptyState>
      )}
      {tokens.length > 0 && (
        <DataTable
          label="API tokens"
          rowKey={({ id }) => id}
          rows={tokens}
          columns={[
            { header: 'Name', cell: ({ name }) => <span className="font-medium">{name}</span> },
            { header: 'Begins with', cell: ({ prefix }) => <code className="font-mono text-[13px]">{prefix}…</code> },
            {
              header: 'May',
              cell: ({ scopes }) => (
                <span title={scopes.join(', ')}>
                  {scopes.length === 1 ? scopes[0] : `${scopes.length} permissions`}
                </span>
              ),
            },
            { header: 'Owner', cell: ({ user_email: email }) => email },
            { header: 'Last used', cell: ({ last_used_at: at }) => (at ? <Time at={at} /> : 'never') },
            { header: 'State', cell: (token) => <State token={token} /> },
            {
              header: <span className="sr-only">Actions</span>,
              cell: (token) => <Revoke token={token} />,
              numeric: true,
            },
          ]}
        />
      )}
      <LoadMore list={list} />
      <CreateToken open={creating} onOpenChange={setCreating} />
    </Page>
  );
}

function State({ token }: { token: Token }) {
  if (token.revoked_at) return <Badge tone="danger">revoked</Badge>;
  if (!token.expires_at) return <Badge>never expires</Badge>;
  return (
    <span className="text-muted-foreground">
      until <Time at={token.expires_at} />
    </span>
  );
}

function Revoke({ token }: { token: Token }) {
  const client = useQueryClient();
  if (token.revoked_at) return null;
  const revoke = async () => {
    await ask(api.DELETE('/api/v1/api-tokens/{token_id}', { params: { path: { token_id: token.id } } }));
    await client.invalidateQueries({ queryKey: ['api-tokens'] });
    toast.success(`${token.name} is revoked`);
  };
  return (
    <Confirm
      title={`Revoke ${token.name}?`}
      description="Programs that use it are refused from now on. A revoked token cannot come back."
      action="Revoke"
      trigger={
        <Button size="small">
          Revoke<span className="sr-only"> {token.name}</span>
        </Button>
      }
      onConfirm={revoke}
    />
  );
}
