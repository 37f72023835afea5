'use client';

import { Loader2 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Progress } from '@/components/ui/progress';
import type { FollowedQuery } from '../use-followed-query';
import { Elapsed } from '@/components/ui/elapsed';

/** A query on its way. */
export function LiveState({
  query,
  progress,
  onCancel,
  cancelling,
}: {
  query: FollowedQuery;
  progress: number | undefined;
  onCancel: () => void;
  cancelling: boolean;
}) {
  return (
    <div className="flex h-full min-h-48 flex-col items-center justify-center gap-3 p-6 text-sm">
      <p role="status" className="flex items-center gap-2">
        <Loader2 className="size-4 animate-spin text-accent" aria-hidden />
        {query.state === 'queued' ? 'Waiting for its turn' : 'Running'}
      </p>
      <p className="text-muted-foreground">
        <Elapsed since={query.started_at ?? query.created_at} />
      </p>
      {progress !== undefined && progress > 0 && (
        <div className="w-64">
          <Progress value={progress} label="Progress of the query" />
        </div>
      )}
      <Button size="small" busy={cancelling} onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}
