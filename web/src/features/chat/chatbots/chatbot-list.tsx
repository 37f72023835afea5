'use client';

import { Bot, Plus, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { Page } from '@/components/shell/page';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ProblemNote } from '@/components/ui/problem-note';
import { Skeleton } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import type { Schemas } from '@/lib/api/client';
import { formatCount } from '@/lib/format';
import { paths } from '@/lib/paths';
import { useChatbots } from '../chatbots';
import { modelName } from './model-names';

/** All chatbots; the one that came with the workspace is first. */
export function ChatbotList() {
  const { data: chatbots, error, refetch } = useChatbots();
  return (
    <Page
      title="Chatbots"
      description="A chatbot has its own instructions, model, tools and tables."
      actions={
        <Button asChild variant="primary">
          <Link href={paths.chatbots('new')} prefetch={false}>
            <Plus /> New chatbot
          </Link>
        </Button>
      }
    >
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      <ul className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
        {chatbots
          ? chatbots.map((chatbot) => <ChatbotCard key={chatbot.chatbot_id} chatbot={chatbot} />)
          : !error &&
            Array.from({ length: 3 }, (_, index) => (
              <li key={index}>
                <Skeleton className="h-36 w-full rounded-xl" />
              </li>
            ))}
      </ul>
    </Page>
  );
}

function ChatbotCard({ chatbot }: { chatbot: Schemas['Chatbot'] }) {
  const { chatbot_id, name, description, model, tools, tables, is_default, version, updated_at, warnings } = chatbot;
  return (
    <li>
      <Link
        href={paths.chatbots(chatbot_id)}
        prefetch={false}
        className="flex h-full min-h-36 flex-col gap-2 rounded-xl border bg-surface p-4 transition-colors hover:border-input"
      >
        <span className="flex items-center gap-2">
          <Bot className="size-4 shrink-0 text-muted-foreground" aria-hidden />
          <span className="truncate font-medium">{name}</span>
          {is_default && <Badge tone="accent">Default</Badge>}
        </span>
        <span className="line-clamp-2 text-sm text-muted-foreground">{description || 'No description'}</span>
        {warnings.length > 0 && (
          <Badge tone="warning" className="self-start">
            <TriangleAlert aria-hidden /> {formatCount(warnings.length, 'thing')} it needs is gone
          </Badge>
        )}
        <span className="mt-auto text-xs text-muted-foreground">
          {modelName(model)}, {formatCount(tools.length, 'tool')},{' '}
          {tables ? formatCount(tables.length, 'table') : 'all tables'}, version {version}
          {updated_at && (
            <>
              , changed <Time at={updated_at} />
            </>
          )}
        </span>
      </Link>
    </li>
  );
}
