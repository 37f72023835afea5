'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '@/lib/api/client';
import { noteAnalysis } from './use-analysis';
import type { Method, Step } from './steps';

/** Lets an analysis that has ended go on from a step; what was found before that step is kept. */
export function useRetry(requestId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (from: { from_step?: Step; method?: Method }) =>
      ask(
        api.POST('/api/v1/analysis/requests/{request_id}/retry', {
          params: { path: { request_id: requestId } },
          body: from,
        }),
      ),
    onSuccess: (answer) => {
      client.removeQueries({ queryKey: ['analyses', 'result', requestId] });
      noteAnalysis(client, answer);
    },
  });
}
