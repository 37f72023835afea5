'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { chatSocket } from '@/lib/socket/socket';

/** A connection that is gone for so long is worth a word. */
const graceMs = 1500;

/** Keeps the connection open while a page uses it; says whether answers can come now. */
export function useChatConnection(): 'open' | 'reconnecting' {
  const phase = useSyncExternalStore(
    (changed) => chatSocket.onPhase(changed),
    () => chatSocket.phase,
    () => 'idle' as const,
  );
  const isOpen = phase === 'open';
  const [isMissed, setMissed] = useState(false);
  useEffect(() => chatSocket.want(), []);
  useEffect(() => {
    if (isOpen) return setMissed(false);
    const timer = setTimeout(() => setMissed(true), graceMs);
    return () => clearTimeout(timer);
  }, [isOpen]);
  return isMissed && !isOpen ? 'reconnecting' : 'open';
}
