'use client';

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Monitor, Smartphone, Terminal } from 'lucide-react';
import { toast } from 'sonner';
import { Page } from '@/components/shell/page';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { LoadMore } from '@/components/ui/load-more';
import { ProblemNote } from '@/components/ui/problem-note';
import { SkeletonRows } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { api, ask, type Schemas } from '@/lib/api/client';
import { session } from '@/lib/session';
import { type Device, deviceOf } from './device-of';

/** Where one is signed in, and the way to end that. */
export function Sessions() {
  const client = useQueryClient();
  const list = useInfiniteQuery({
    queryKey: ['sessions'],
    queryFn: ({ pageParam }) => ask(api.GET('/api/v1/users/me/sessions', { params: { query: { cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const sessions = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const endOthers = async () => {
    await ask(api.DELETE('/api/v1/users/me/sessions', { params: { query: { keep_current: true } } }));
    await client.invalidateQueries({ queryKey: ['sessions'] });
    toast.success('You are signed out everywhere else');
  };
  return (
    <Page
      title="Sessions"
      description="Where you are signed in. End what you do not know, and change your password then."
      actions={
        sessions.length > 1 && (
          <Confirm
            title="Sign out everywhere else?"
            description="Every other session ends at once. This one stays."
            action="Sign out everywhere else"
            trigger={<Button>Sign out everywhere else</Button>}
            onConfirm={endOthers}
          />
        )
      }
    >
      {list.isPending && <SkeletonRows rows={3} className="[&>div]:h-16" />}
      {list.isError && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
      {sessions.length > 0 && (
        <ul className="divide-y rounded-xl border bg-surface">
          {sessions.map((each) => (
            <SessionItem key={each.session_id} item={each} />
          ))}
        </ul>
      )}
      <LoadMore list={list} />
    </Page>
  );
}

const icons: Readonly<Record<Device['kind'], typeof Monitor>> = {
  phone: Smartphone,
  computer: Monitor,
  program: Terminal,
};

function SessionItem({ item }: { item: Schemas['Session'] }) {
  const client = useQueryClient();
  const device = deviceOf(item.user_agent);
  const Icon = icons[device.kind];
  const end = async () => {
    if (item.current) return session.end();
    await ask(
      api.DELETE('/api/v1/users/me/sessions/{session_id}', { params: { path: { session_id: item.session_id } } }),
    );
    await client.invalidateQueries({ queryKey: ['sessions'] });
    toast.success('The session is ended');
  };
  return (
    <li className="flex items-center gap-4 px-4 py-3">
      <Icon className="size-5 shrink-0 text-muted-foreground" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
          {device.name}
          {item.current && <Badge tone="success">This browser</Badge>}
        </p>
        <p className="text-[13px] break-words text-muted-foreground">
          {item.address ?? 'Unknown address'} · used <Time at={item.last_used_at} /> · signed in{' '}
          <Time at={item.created_at} />
        </p>
      </div>
      <Button
        size="small"
        onClick={() => void end()}
        aria-label={item.current ? 'Sign out here' : `End the session of ${device.name}`}
      >
        {item.current ? 'Sign out' : 'End'}
      </Button>
    </li>
  );
}
