'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ask, type Schemas } from '@/lib/api/client';

type Table = Schemas['Table'];

interface Change {
  readonly description?: string | null;
  readonly columns?: Readonly<Record<string, string | null>>;
}

/** Writes descriptions. The page shows the new text at once, and the old one again when the service refuses. */
export function useDescribe({ table }: Table): (change: Change) => void {
  const client = useQueryClient();
  const key = ['tables', 'one', table];
  const { mutate } = useMutation({
    mutationFn: (change: Change) =>
      ask(api.PATCH('/api/v1/tables/{table}', { params: { path: { table } }, body: change })),
    onMutate: async (change) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<Table>(key);
      if (before) client.setQueryData(key, described(before, change));
      return before;
    },
    onError: (_error, _change, before) => client.setQueryData(key, before),
    onSuccess: (after) => {
      client.setQueryData(key, after);
      void client.invalidateQueries({ queryKey: ['tables', 'list'] });
    },
  });
  return mutate;
}

function described(table: Table, { description, columns = {} }: Change): Table {
  return {
    ...table,
    ...(description !== undefined && { description: description ?? undefined }),
    columns: table.columns.map((column) =>
      column.name in columns ? { ...column, description: columns[column.name] ?? undefined } : column,
    ),
  };
}
