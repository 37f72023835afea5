'use client';

import { useCallback, useSyncExternalStore } from 'react';
import type { ResultSource } from './result-source';

/** Renders again when rows have come, or cannot come. */
export function useSourceVersion(source: ResultSource): number {
  const subscribe = useCallback((listener: () => void) => source.subscribe(listener), [source]);
  return useSyncExternalStore(
    subscribe,
    () => source.version,
    () => 0,
  );
}
