'use client';

import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { toast } from 'sonner';
import { api, ask, askWithResponse, type Schemas } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { formatCount } from '@/lib/format';
import { keepEdits } from './contract-edits';
import { asQuery, type DialectChange, partsSetByHand } from './dialect-parts';

export type Contract = Schemas['Contract'];
export type ContractColumn = Schemas['ContractColumn'];
export type Preview = Schemas['Preview'];

interface Tagged {
  readonly contract: Contract;
  readonly etag: string;
}

/** How a file is read: its contract, the rows under it, what the file itself suggests, and the ways to change it. */
export function useReading(uploadId: string, limit: number) {
  const client = useQueryClient();
  const path = { upload_id: uploadId };
  const key = ['uploads', 'reading', uploadId];
  const contract = useQuery({
    queryKey: [...key, 'contract'],
    queryFn: async (): Promise<Tagged> =>
      tagged(await askWithResponse(api.GET('/api/v1/uploads/{upload_id}/contract', { params: { path } }))),
  });
  const etag = contract.data?.etag;
  const show = (query: { limit: number; read_as?: 'contract' | 'detected' }) =>
    ask(api.GET('/api/v1/uploads/{upload_id}/preview', { params: { path, query } }));
  const preview = useQuery({
    queryKey: [...key, 'rows', limit, etag],
    queryFn: () => show({ limit, read_as: 'contract' }),
    enabled: etag !== undefined,
    placeholderData: keepPreviousData,
  });
  const suggested = useQuery({
    queryKey: [...key, 'suggested', etag],
    queryFn: () => show({ limit: 1 }),
    enabled: etag !== undefined,
    placeholderData: keepPreviousData,
  });
  const detected = useQuery({
    queryKey: [...key, 'detected'],
    queryFn: () => show({ limit: 1, read_as: 'detected' }),
    staleTime: Infinity,
    retry: false,
  });

  const put = async (change: Schemas['ChangeContract']): Promise<Contract> => {
    const current = client.getQueryData<Tagged>([...key, 'contract']);
    const headers = current ? { 'if-match': current.etag } : undefined;
    try {
      const answer = tagged(
        await askWithResponse(
          api.PUT('/api/v1/uploads/{upload_id}/contract', { params: { path }, body: change, headers }),
        ),
      );
      client.setQueryData([...key, 'contract'], answer);
      return answer.contract;
    } catch (error) {
      if (asProblem(error).slug === 'contract-changed') await client.invalidateQueries({ queryKey: key });
      throw error;
    }
  };

  /** The parts of the dialect that a person has chosen; the others follow from them. Unknown until the first choice here. */
  const chosen = useRef<DialectChange>(undefined);
  const choose = (change: DialectChange): DialectChange => {
    const earlier =
      chosen.current ?? (contract.data ? partsSetByHand(contract.data.contract.dialect, detected.data?.dialect) : {});
    return { ...earlier, ...change };
  };
  const setDialect = useMutation({
    mutationFn: async (change: DialectChange | 'detected') => {
      const before = contract.data?.contract;
      const parts = change === 'detected' ? {} : choose(change);
      const dialect = change === 'detected' ? detected.data?.dialect : (await reread(parts)).dialect;
      const now = await put({ dialect });
      chosen.current = parts;
      if (!before || !suggested.data) return;
      const { columns, kept, lost } = keepEdits(before.columns, suggested.data.columns, now.columns);
      if (kept > 0) await put({ columns: [...columns] });
      if (lost > 0) {
        toast.warning(`Your changes to ${formatCount(lost, 'column')} no longer fit`, {
          description: 'Read this way, the file has other columns.',
          action: { label: 'Undo', onClick: () => restore.mutate(before) },
        });
      }
    },
  });
  const reread = (parts: DialectChange): Promise<Preview> => {
    const query = { limit: 1, ...asQuery(parts) };
    return ask(api.GET('/api/v1/uploads/{upload_id}/preview', { params: { path, query } }));
  };
  const restore = useMutation({
    mutationFn: (earlier: Contract) => put(earlier),
    onSuccess: () => {
      chosen.current = undefined;
    },
  });
  /** Quiet: the editor shows what is wrong beside its fields. */
  const setColumns = useMutation({
    mutationFn: (columns: readonly ContractColumn[]) => put({ columns: [...columns] }),
    meta: { quiet: true },
  });
  /** All columns as the file suggests under its dialect. */
  const resetColumns = useMutation({
    mutationFn: async () => {
      const before = contract.data?.contract;
      await put({ dialect: before?.dialect });
      toast('The columns are as the file suggests', {
        action: before && { label: 'Undo', onClick: () => restore.mutate(before) },
      });
    },
  });
  return { contract, preview, suggested, detected, setDialect, setColumns, resetColumns };
}

export type Reading = ReturnType<typeof useReading>;

function tagged({ data, response }: { data: Contract; response: Response }): Tagged {
  return { contract: data, etag: response.headers.get('etag') ?? '' };
}
