'use client';

import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schemas } from '@/lib/api/client';

const mostPages = 10;

/** Every table of the workspace with its columns, for completing and for looking things up. */
export function useCatalog() {
  return useQuery({ queryKey: ['tables', 'catalog'], queryFn: readCatalog, staleTime: 60_000 });
}

async function readCatalog(): Promise<Schemas['Table'][]> {
  const tables: Schemas['Table'][] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { items, next_cursor } = await ask(api.GET('/api/v1/tables', { params: { query: { limit: 200, cursor } } }));
    tables.push(...items);
    if (!next_cursor) break;
    cursor = next_cursor;
  }
  return tables.sort((one, other) => one.table.localeCompare(other.table));
}
