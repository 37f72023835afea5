'use client';

import { onlineManager, useQuery, useQueryClient } from '@tanstack/react-query';
import { WifiOff } from 'lucide-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';

/** Says when the service cannot be reached, keeps asking, and refreshes the page's data once it is back. */
export function ServiceState() {
  const client = useQueryClient();
  const online = useSyncExternalStore(
    (changed) => onlineManager.subscribe(changed),
    () => onlineManager.isOnline(),
    () => true,
  );
  const { isError } = useQuery({
    queryKey: ['service', 'live'],
    queryFn: async () => {
      const response = await fetch('/health/live');
      if (!response.ok) throw new Error('The service is not well.');
      return true;
    },
    refetchInterval: (query) => (query.state.status === 'error' ? 2000 : 15_000),
    retry: false,
    networkMode: 'always',
  });
  const gone = isError || !online;
  const wasGone = useRef(false);
  useEffect(() => {
    if (wasGone.current && !gone)
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'service' });
    wasGone.current = gone;
  }, [gone, client]);
  if (!gone) return null;
  return (
    <div
      role="status"
      className="flex items-center gap-2 border-b bg-warning-soft px-3 py-2 text-sm text-warning md:px-6"
    >
      <WifiOff className="size-4" aria-hidden />
      The service does not answer. This page keeps what you see and goes on as soon as it is back.
    </div>
  );
}
