'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { paths } from '@/lib/paths';
import { session } from '@/lib/session';

/** Goes to another workspace after this one is no longer the visitor's, and forgets what was known of it. */
export function usePart(): () => Promise<void> {
  const client = useQueryClient();
  const router = useRouter();
  return async () => {
    session.chooseWorkspace(undefined);
    await client.invalidateQueries({ queryKey: ['me'] });
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
    router.push(paths.home());
  };
}
