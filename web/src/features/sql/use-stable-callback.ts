'use client';

import { useCallback, useEffect, useRef } from 'react';

/** The same function at every render, doing what the last render's does: for events, not for rendering. */
export function useStableCallback<Parameters extends unknown[], Result>(
  callback: (...parameters: Parameters) => Result,
): (...parameters: Parameters) => Result {
  const latest = useRef(callback);
  useEffect(() => {
    latest.current = callback;
  });
  return useCallback((...parameters) => latest.current(...parameters), []);
}
