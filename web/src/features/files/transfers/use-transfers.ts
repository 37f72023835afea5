'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { useMe, useWorkspace } from '@/lib/use-session';
import { type Transfer, type TransferOwner, transfers } from './transfers';
import type { Unfinished } from './unfinished';

const none: readonly Transfer[] = [];

export function useTransfers(): readonly Transfer[] {
  return useSyncExternalStore(transfers.subscribe, transfers.list, () => none);
}

/** For whom this page uploads; undefined until known. */
export function useTransferOwner(): TransferOwner | undefined {
  const userId = useMe().data?.id;
  const workspaceId = useWorkspace()?.id;
  return userId && workspaceId ? { userId, workspaceId } : undefined;
}

/** What an earlier visit, or a tab that was closed, left unfinished. */
export function useInterrupted(): readonly Unfinished[] {
  const owner = useTransferOwner();
  const sent = useTransfers();
  const [, look] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => look((count) => count + 1), 5000);
    return () => clearInterval(timer);
  }, []);
  return owner && sent ? transfers.interrupted(owner) : [];
}
