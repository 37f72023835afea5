'use client';

import { useQueryClient } from '@tanstack/react-query';
import { CircleStop } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { api, ask } from '@/lib/api/client';
import { noteAnalysis } from './use-analysis';

export function CancelAnalysis({ requestId }: { requestId: string }) {
  const client = useQueryClient();
  return (
    <Confirm
      title="Cancel this analysis?"
      description="It stops within a second. What its completed steps have found is kept, and it can go on from there later."
      action="Cancel it"
      keep="Let it run"
      trigger={
        <Button>
          <CircleStop /> Cancel
        </Button>
      }
      onConfirm={async () => {
        const path = { request_id: requestId };
        noteAnalysis(
          client,
          await ask(api.POST('/api/v1/analysis/requests/{request_id}/cancel', { params: { path } })),
        );
      }}
    />
  );
}
