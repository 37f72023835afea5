'use client';

import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Confirm } from '@/components/ui/confirm';
import { api, ask } from '@/lib/api/client';

/** Deletes an analysis that has ended, once that is confirmed. */
export function DeleteAnalysis({
  analysis: { request_id: id, title },
  onDeleted,
  ...shown
}: {
  analysis: { readonly request_id: string; readonly title: string };
  onDeleted?: () => void;
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}) {
  const client = useQueryClient();
  return (
    <Confirm
      {...shown}
      title={`Delete ${title}?`}
      description="What was found is deleted, and the copies of its interviews. This cannot be undone."
      action="Delete"
      onConfirm={async () => {
        await ask(api.DELETE('/api/v1/analysis/requests/{request_id}', { params: { path: { request_id: id } } }));
        onDeleted?.();
        await client.invalidateQueries({ queryKey: ['analyses', 'list'] });
      }}
    />
  );
}
