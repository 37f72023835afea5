'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Star, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { Page } from '@/components/shell/page';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { ProblemNote } from '@/components/ui/problem-note';
import { SkeletonRows } from '@/components/ui/skeleton';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import { api, ask, type Schemas } from '@/lib/api/client';
import { paths } from '@/lib/paths';
import { ChatbotSettings } from './chatbot-settings';
import { ChatbotVersions } from './chatbot-versions';
import { TryOut } from './try-out';
import { useMakeDefault } from './use-make-default';

/** One chatbot: its settings, what it was before, and a conversation to try it in. */
export function ChatbotEditor({ chatbotId }: { chatbotId: string }) {
  const chatbot = useQuery({
    queryKey: ['chatbots', chatbotId],
    queryFn: () => ask(api.GET('/api/v1/chatbots/{chatbot_id}', { params: { path: { chatbot_id: chatbotId } } })),
  });
  const { data } = chatbot;
  if (!data) {
    return (
      <Page title="Chatbot">
        {chatbot.error ? (
          <ProblemNote error={chatbot.error} onRetry={() => void chatbot.refetch()} />
        ) : (
          <SkeletonRows rows={8} />
        )}
      </Page>
    );
  }
  return (
    <Page
      wide
      title={
        <>
          {data.name} {data.is_default && <Badge tone="accent">Default</Badge>}
        </>
      }
      description={`Version ${data.version}`}
      actions={<Actions chatbot={data} />}
    >
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,42rem)_minmax(22rem,1fr)]">
        <Tabs defaultValue="settings" className="min-w-0">
          <TabsList aria-label="About this chatbot">
            <TabsTrigger value="settings">Settings</TabsTrigger>
            <TabsTrigger value="versions">Versions</TabsTrigger>
          </TabsList>
          <TabsContent value="settings" className="pt-5">
            <ChatbotSettings key={data.version} chatbot={data} />
          </TabsContent>
          <TabsContent value="versions" className="pt-5">
            <ChatbotVersions chatbot={data} />
          </TabsContent>
        </Tabs>
        <TryOut chatbotId={chatbotId} version={data.version} />
      </div>
    </Page>
  );
}

function Actions({ chatbot: { chatbot_id: id, name, version, is_default } }: { chatbot: Schemas['Chatbot'] }) {
  const makeDefault = useMakeDefault(id);
  const client = useQueryClient();
  const router = useRouter();
  const [isDeleting, setDeleting] = useState(false);
  if (is_default) return null;
  return (
    <>
      <Button busy={makeDefault.isPending} onClick={() => makeDefault.mutate()}>
        <Star /> Make default
      </Button>
      <Confirm
        open={isDeleting}
        onOpenChange={setDeleting}
        trigger={
          <Button>
            <Trash2 /> Delete
          </Button>
        }
        title={`Delete ${name}?`}
        description="It goes with all its versions. Conversations stay; the default chatbot answers in them from then on."
        action="Delete"
        onConfirm={async () => {
          await ask(
            api.DELETE('/api/v1/chatbots/{chatbot_id}', {
              params: { path: { chatbot_id: id }, header: { 'If-Match': `"${version}"` } },
            }),
          );
          toast.success(`${name} is deleted`);
          router.replace(paths.chatbots());
          await client.invalidateQueries({ queryKey: ['chatbots'], exact: true });
        }}
      />
    </>
  );
}
