'use client';

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { toast } from 'sonner';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { LoadMore } from '@/components/ui/load-more';
import { ProblemNote } from '@/components/ui/problem-note';
import { SkeletonRows } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { api, ask, type Schemas } from '@/lib/api/client';
import { formatCount } from '@/lib/format';
import { useMe } from '@/lib/use-session';
import { modelName } from './model-names';

/** What the chatbot was, latest version first. Bringing one back makes a new version: nothing is lost by it. */
export function ChatbotVersions({ chatbot }: { chatbot: Schemas['Chatbot'] }) {
  const { chatbot_id: id, version: current } = chatbot;
  const client = useQueryClient();
  const { data: me } = useMe();
  const versions = useInfiniteQuery({
    queryKey: ['chatbots', id, 'versions', current],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/v1/chatbots/{chatbot_id}/versions', {
          params: { path: { chatbot_id: id }, query: { limit: 20, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
  });
  const restore = useMutation({
    mutationFn: (version: number) =>
      ask(
        api.POST('/api/v1/chatbots/{chatbot_id}/versions/{version}/restore', {
          params: { path: { chatbot_id: id, version: String(version) }, header: { 'If-Match': `"${current}"` } },
        }),
      ),
    onSuccess: (changed, version) => {
      client.setQueryData(['chatbots', id], changed);
      void client.invalidateQueries({ queryKey: ['chatbots'] });
      toast.success(`It is again what it was in version ${version}`);
    },
  });
  if (versions.isPending) return <SkeletonRows rows={4} />;
  if (versions.error) return <ProblemNote error={versions.error} onRetry={() => void versions.refetch()} />;
  const items = versions.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <EmptyState icon={History} title="Never changed">
        Each change is kept here, and can be taken back.
      </EmptyState>
    );
  }
  return (
    <>
      <ol className="divide-y rounded-xl border bg-surface">
        {items.map((each) => (
          <li key={each.version} className="flex items-start gap-3 px-4 py-3">
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
                Version {each.version}
                {each.version === current && <Badge tone="accent">Current</Badge>}
                <span className="font-normal text-muted-foreground">
                  {each.created_at ? <Time at={each.created_at} /> : 'came with the workspace'}
                  {each.user_id !== null && each.user_id === me?.id && ', by you'}
                </span>
              </p>
              <p className="mt-0.5 text-[13px] text-muted-foreground">
                {each.name}, {modelName(each.model)}, {formatCount(each.tools.length, 'tool')},{' '}
                {each.tables ? formatCount(each.tables.length, 'table') : 'all tables'}
              </p>
              {each.system_prompt && (
                <p className="mt-1 line-clamp-3 text-[13px] whitespace-pre-wrap">{each.system_prompt}</p>
              )}
            </div>
            {each.version !== current && (
              <Button
                size="small"
                busy={restore.isPending && restore.variables === each.version}
                disabled={restore.isPending}
                onClick={() => restore.mutate(each.version)}
              >
                Restore
              </Button>
            )}
          </li>
        ))}
      </ol>
      <LoadMore list={versions} />
    </>
  );
}
