'use client';

import { Skeleton } from '@/components/ui/skeleton';
import { useWorkspace } from '@/lib/use-session';
import { Workbench } from './workbench';

/** SQL: `?sql=` opens a statement, `?query=` one that ran, `?saved=` one that is kept. */
export function Sql() {
  const workspaceId = useWorkspace()?.id;
  if (!workspaceId) return <Skeleton className="m-4 h-96" />;
  return <Workbench key={workspaceId} workspaceId={workspaceId} />;
}
