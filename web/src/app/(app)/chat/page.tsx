import { Suspense } from 'react';
import { Chat } from '@/features/chat/chat';

export const metadata = { title: 'Chat' };

export default function ChatPage() {
  return (
    <Suspense>
      <Chat />
    </Suspense>
  );
}
