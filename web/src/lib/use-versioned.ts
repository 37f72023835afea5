'use client';

import { type QueryKey, useQuery } from '@tanstack/react-query';
import { askWithResponse } from './api/client';

type Call<Data> = () => Promise<{ data?: Data; error?: unknown; response: Response }>;

/** One thing with its version, for a form that must not overwrite what somebody else has changed in the meantime. */
export function useVersioned<Data>(key: QueryKey, call: Call<Data>) {
  return useQuery({
    queryKey: key,
    queryFn: async () => {
      const { data, response } = await askWithResponse(call());
      return { value: data, etag: response.headers.get('etag') ?? undefined };
    },
  });
}

/** The header that lets a change through only if it is based on the version. */
export function ifMatch(etag: string | undefined): { 'If-Match'?: string } {
  return etag === undefined ? {} : { 'If-Match': etag };
}
