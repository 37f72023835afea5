'use client';

import { useSearchParams } from 'next/navigation';
import { EmptyState } from '@/components/ui/empty-state';
import { Lock } from 'lucide-react';
import { Page } from '@/components/shell/page';
import { useMay } from '@/lib/use-session';
import { ChatbotEditor } from './chatbot-editor';
import { ChatbotList } from './chatbot-list';
import { NewChatbot } from './new-chatbot';

/** The workspace's chatbots; `?id=` is one of them, `?id=new` one to be made. */
export function ChatbotsPage() {
  const id = useSearchParams().get('id') ?? undefined;
  const mayWrite = useMay('chatbots:write');
  if (!mayWrite) {
    return (
      <Page title="Chatbots">
        <EmptyState icon={Lock} title="You may not change chatbots">
          An administrator of the workspace can give you a role that may.
        </EmptyState>
      </Page>
    );
  }
  if (id === 'new') return <NewChatbot />;
  return id === undefined ? <ChatbotList /> : <ChatbotEditor key={id} chatbotId={id} />;
}
