'use client';

import { useSyncExternalStore } from 'react';
import { session, type SessionState } from './session';

/** `undefined` while the page is static text that the browser has not taken over yet. */
export function useSessionState(): SessionState | undefined {
  return useSyncExternalStore(
    session.subscribe,
    () => session.state,
    () => undefined,
  );
}
