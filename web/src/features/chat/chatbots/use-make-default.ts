'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { api, ask } from '@/lib/api/client';

/** Lets a chatbot answer wherever none is named. */
export function useMakeDefault(chatbotId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      ask(api.POST('/api/v1/chatbots/{chatbot_id}/default', { params: { path: { chatbot_id: chatbotId } } })),
    onSuccess: async ({ name }) => {
      await client.invalidateQueries({ queryKey: ['chatbots'] });
      toast.success(`${name} is the default now`);
    },
  });
}
