'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Merge } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { Button } from '@/components/ui/button';
import { api, ask } from '@/lib/api/client';
import { newId } from '@/lib/new-id';
import { paths } from '@/lib/paths';
import type { AnalysisSummary } from '../list/use-analyses';

/** Starts an analysis of the interviews of both, which relates them to each other as one study. */
export function AnalyseTogether({ of }: { of: readonly AnalysisSummary[] }) {
  const client = useQueryClient();
  const router = useRouter();
  const key = useRef(newId());
  const start = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/api/v1/analysis/requests', {
          params: { header: { 'Idempotency-Key': key.current } },
          body: {
            interviews: of.map(({ request_id: id }) => `analysis:${id}`),
            title: of.map(({ title }) => [...title].slice(0, 90).join('')).join(', '),
          },
        }),
      ),
    onSuccess: ({ request_id: id }) => {
      void client.invalidateQueries({ queryKey: ['analyses'] });
      router.push(paths.analysis(id));
    },
  });
  return (
    <Button busy={start.isPending} onClick={() => start.mutate()}>
      {!start.isPending && <Merge />} Analyse their interviews together
    </Button>
  );
}
