'use client';

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { toast } from 'sonner';
import { asProblem } from './api/problem';

/** What the pages know of the service's state: fetched once, shared, refreshed when the window is looked at again. */
export function ServerState({ children }: { children: ReactNode }) {
  const [client] = useState(createClient);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

function createClient(): QueryClient {
  // Whoever gets no answer has the service's state looked at now rather than at the next turn.
  const noteSilence = (error: unknown) => {
    if (asProblem(error).status === 0) void client.refetchQueries({ queryKey: ['service'] });
  };
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (query.queryKey[0] !== 'service') noteSilence(error);
      },
    }),
    // A change that failed says so wherever it was asked for, unless the form itself shows it (`meta.quiet`).
    mutationCache: new MutationCache({
      onError: (error, _variables, _context, mutation) => {
        noteSilence(error);
        if (mutation.meta?.quiet) return;
        const problem = asProblem(error);
        if (problem.slug !== 'session-ended') toast.error(problem.title, { description: problem.message });
      },
    }),
    defaultOptions: {
      queries: { staleTime: 10_000, retry: worthRetrying, retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 5000) },
      mutations: { retry: false },
    },
  });
  return client;
}

/** What the service has refused stays refused; what it could not answer may go better in a moment. */
function worthRetrying(failures: number, error: unknown): boolean {
  const { status } = asProblem(error);
  return failures < 2 && (status === 0 || status >= 500);
}
