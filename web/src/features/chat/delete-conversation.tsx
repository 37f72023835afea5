'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { toast } from 'sonner';
import { Confirm } from '@/components/ui/confirm';
import { api, ask, type Schemas } from '@/lib/api/client';
import { formatCount } from '@/lib/format';
import { paths } from '@/lib/paths';
import { drafts } from './drafts';

/** Deletes a conversation for good, after a word of warning. */
export function DeleteConversation({
  conversation: { conversation_id: id, title, message_count },
  isCurrent,
  open,
  onOpenChange,
}: {
  conversation: Schemas['Conversation'];
  isCurrent: boolean;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const client = useQueryClient();
  const router = useRouter();
  return (
    <Confirm
      open={open}
      onOpenChange={onOpenChange}
      title="Delete this conversation?"
      description={`“${title}” and its ${formatCount(message_count, 'message')} go for good. Queries and saved questions stay.`}
      action="Delete"
      onConfirm={async () => {
        await ask(api.DELETE('/api/v1/conversations/{conversation_id}', { params: { path: { conversation_id: id } } }));
        drafts.keep(id, '');
        if (isCurrent) router.replace(paths.chat());
        client.removeQueries({ queryKey: ['conversation', id] });
        client.removeQueries({ queryKey: ['messages', id] });
        await client.invalidateQueries({ queryKey: ['conversations'] });
        toast.success('The conversation is deleted');
      }}
    />
  );
}
