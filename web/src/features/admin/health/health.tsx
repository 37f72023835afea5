'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Page } from '@/components/shell/page';
import { Badge, type Tone } from '@/components/ui/badge';
import { Card, CardTitle } from '@/components/ui/card';
import { ProblemNote } from '@/components/ui/problem-note';
import { Skeleton } from '@/components/ui/skeleton';
import { api, ask, type Schemas } from '@/lib/api/client';
import { formatDuration } from '@/lib/format';

type State = Schemas['Health'];

const states: Readonly<Record<State['status'], { tone: Tone; says: string }>> = {
  ok: { tone: 'success', says: 'Everything works' },
  degraded: { tone: 'danger', says: 'Something that the service uses is down' },
  draining: { tone: 'warning', says: 'The service is shutting down' },
};

const dependencies: Readonly<Record<string, { name: string; holds: string }>> = {
  database: { name: 'Database', holds: 'Accounts, conversations, and what is where.' },
  object_store: { name: 'Object store', holds: 'Uploaded files, data sets and results.' },
  item_store: { name: 'Item store', holds: 'Conversations, answers and feedback.' },
  catalog: { name: 'Catalog', holds: 'Tables that can be queried.' },
  query_engine: { name: 'Query engine', holds: 'What runs SQL.' },
  vector_index: { name: 'Search of documents', holds: 'Passages of documents, by words and by meaning.' },
  secrets: { name: 'Secrets', holds: 'What encrypts the tokens of sources and tools.' },
};

/** How the service is, fetched again every five seconds. */
export function Health() {
  const health = useQuery({
    queryKey: ['health'],
    queryFn: () => ask(api.GET('/health')),
    refetchInterval: 5000,
    retry: false,
  });
  return (
    <Page title="Health" description="How the service and what it depends on are; looked at again every five seconds.">
      {health.isError && <ProblemNote error={health.error} onRetry={() => void health.refetch()} />}
      {health.isPending && <Skeleton className="h-56" />}
      {health.data && <Summary health={health.data} isOld={health.isError} />}
      <Card>
        <CardTitle>For monitoring</CardTitle>
        <dl className="grid gap-x-4 gap-y-2 text-sm sm:grid-cols-[10rem_1fr]">
          <Hint term="/health/live">Whether the process answers; restart it when it does not.</Hint>
          <Hint term="/health/ready">
            Whether to send requests here; 503 while the database or the object store is down.
          </Hint>
          <Hint term="/metrics">
            For Prometheus, on a port of its own: <code className="font-mono text-[13px]">METRICS_PORT</code>.
          </Hint>
        </dl>
      </Card>
    </Page>
  );
}

function Summary({ health, isOld }: { health: State; isOld: boolean }) {
  const { tone, says } = states[health.status];
  return (
    <Card className={isOld ? 'opacity-60' : undefined}>
      <CardTitle actions={<Badge tone={tone}>{health.status}</Badge>}>{says}</CardTitle>
      <ul className="divide-y border-y">
        {health.dependencies.map(({ name, status, message }) => (
          <li key={name} className="flex items-center gap-3 py-3 text-sm">
            {status === 'up' ? (
              <CircleCheck className="size-4 shrink-0 text-success" aria-hidden />
            ) : (
              <CircleX className="size-4 shrink-0 text-danger" aria-hidden />
            )}
            <span className="min-w-0 flex-1">
              <span className="block font-medium">{dependencies[name]?.name ?? name}</span>
              <span className="block text-[13px] text-muted-foreground">{dependencies[name]?.holds}</span>
              {message && <span className="block text-[13px] text-danger">{message}</span>}
            </span>
            <Badge tone={status === 'up' ? 'success' : 'danger'}>{status}</Badge>
          </li>
        ))}
      </ul>
      <p className="mt-3 text-[13px] text-muted-foreground">
        Version {health.version}, running for {formatDuration(health.uptime_seconds * 1000)}
      </p>
    </Card>
  );
}

function Hint({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="font-mono text-[13px]">{term}</dt>
      <dd className="text-muted-foreground">{children}</dd>
    </>
  );
}
