'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Card, CardTitle } from '@/components/ui/card';
import { SkeletonRows } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { api, ask, type Schemas } from '@/lib/api/client';
import { formatCount } from '@/lib/format';
import { paths } from '@/lib/paths';
import { useMay } from '@/lib/use-session';

const SHOWN = 6;

/** What was worked on last: conversations, queries, tables and files, each with the way to the rest. */
export function Recent({ tables }: { tables: readonly Schemas['Table'][] | undefined }) {
  const mayAsk = useMay('chat:use');
  const mayQuery = useMay('queries:read');
  const mayUpload = useMay('uploads:read');
  const page = { params: { query: { limit: SHOWN } } };
  const conversations = useQuery({
    queryKey: ['conversations', 'recent'],
    queryFn: () => ask(api.GET('/api/v1/conversations', page)),
    enabled: mayAsk,
  });
  const queries = useQuery({
    queryKey: ['queries', 'recent'],
    queryFn: () => ask(api.GET('/api/v1/queries', page)),
    enabled: mayQuery,
  });
  const uploads = useQuery({
    queryKey: ['uploads', 'recent'],
    queryFn: () => ask(api.GET('/api/v1/uploads', page)),
    enabled: mayUpload,
  });
  const latest =
    tables && [...tables].sort((one, other) => other.updated_at.localeCompare(one.updated_at)).slice(0, SHOWN);
  return (
    <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
      {mayAsk && (
        <RecentCard
          title="Conversations"
          all={paths.chat()}
          empty="No conversation yet. Ask your first question above."
        >
          {conversations.data?.items.map(({ conversation_id: id, title, updated_at: at }) => ({
            id,
            href: paths.chat({ conversationId: id }),
            text: title,
            aside: <Time at={at} />,
          }))}
        </RecentCard>
      )}
      <RecentCard title="Tables" all={paths.tables()} empty="No tables yet.">
        {latest?.map(({ table, rows }) => ({
          id: table,
          href: paths.table(table),
          text: <span className="font-mono">{table}</span>,
          aside: formatCount(rows, 'row'),
        }))}
      </RecentCard>
      {mayQuery && (
        <RecentCard title="Queries" all={paths.sql()} empty="No query yet. Write one under SQL.">
          {queries.data?.items.map(({ query_id: id, sql, created_at: at }) => ({
            id,
            href: paths.sql({ queryId: id }),
            text: <span className="font-mono text-[13px]">{sql.replaceAll(/\s+/g, ' ')}</span>,
            aside: <Time at={at} />,
          }))}
        </RecentCard>
      )}
      {mayUpload && (
        <RecentCard title="Files" all={paths.files()} empty="No files.">
          {uploads.data?.items.map(({ upload_id: id, file_name: name, created_at: at }) => ({
            id,
            href: paths.upload(id),
            text: name,
            aside: <Time at={at} />,
          }))}
        </RecentCard>
      )}
    </div>
  );
}

interface RecentItem {
  readonly id: string;
  readonly href: string;
  readonly text: ReactNode;
  readonly aside: ReactNode;
}

function RecentCard({
  title,
  all,
  empty,
  children: items,
}: {
  title: string;
  all: string;
  empty: string;
  children: readonly RecentItem[] | undefined;
}) {
  return (
    <Card className="lg:min-h-72">
      <CardTitle
        actions={
          <Link href={all} prefetch={false} className="text-sm text-accent underline-offset-4 hover:underline">
            Show all<span className="sr-only"> {title.toLowerCase()}</span>
          </Link>
        }
      >
        {title}
      </CardTitle>
      {!items && <SkeletonRows rows={5} className="[&>div]:h-7" />}
      {items?.length === 0 && <p className="text-sm text-muted-foreground">{empty}</p>}
      <ul className="-mx-2">
        {items?.map(({ id, href, text, aside }) => (
          <li key={id}>
            <Link
              href={href}
              prefetch={false}
              className="flex items-baseline justify-between gap-4 rounded-md px-2 py-1.5 text-sm hover:bg-muted"
            >
              <span className="min-w-0 truncate">{text}</span>
              <span className="shrink-0 text-[13px] text-muted-foreground tabular-nums">{aside}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
