import { Suspense } from 'react';
import { ChatbotsPage } from '@/features/chat/chatbots/chatbots-page';

export const metadata = { title: 'Chatbots' };

export default function Chatbots() {
  return (
    <Suspense>
      <ChatbotsPage />
    </Suspense>
  );
}
