'use client';

import { useQuery } from '@tanstack/react-query';
import { api, ask } from '@/lib/api/client';

/** All chatbots of the workspace; there are few. */
export function useChatbots() {
  return useQuery({
    queryKey: ['chatbots'],
    queryFn: async () => (await ask(api.GET('/api/v1/chatbots', { params: { query: { limit: 200 } } }))).items,
    staleTime: 60_000,
  });
}
