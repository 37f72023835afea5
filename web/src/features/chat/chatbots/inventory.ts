'use client';

import { useQuery } from '@tanstack/react-query';
import { api, ask } from '@/lib/api/client';

/** What a chatbot can be given: the workspace's tools and tables. */
export function useInventory() {
  const tools = useQuery({
    queryKey: ['tools'],
    queryFn: async () => (await ask(api.GET('/api/v1/tools'))).items,
    staleTime: 60_000,
  });
  const tables = useQuery({
    queryKey: ['tables', 'inventory'],
    queryFn: async () => {
      const { items } = await ask(api.GET('/api/v1/tables', { params: { query: { limit: 200 } } }));
      return items.map(({ table, description }) => ({ name: table, description }));
    },
    staleTime: 60_000,
  });
  return { tools, tables };
}
