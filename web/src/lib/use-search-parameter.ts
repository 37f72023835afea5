'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';

/** A part of the page's state that lives in its address, so that it can be shared and survives a reload. */
export function useSearchParameter(name: string): [string, (value: string) => void] {
  const search = useSearchParams();
  const set = useCallback(
    (value: string) => {
      const next = new URLSearchParams(window.location.search);
      if (value === '') next.delete(name);
      else next.set(name, value);
      replaceSearch(next);
    },
    [name],
  );
  return [search.get(name) ?? '', set];
}

/**
 * Changes what the address says after the "?" without asking the service for the page again, which it already is: asked
 * of a service that has gone away, the router would leave the page.
 */
export function replaceSearch(search: URLSearchParams): void {
  const { pathname } = window.location;
  window.history.replaceState(null, '', search.size > 0 ? `${pathname}?${search}` : pathname);
}

/** The same, and the way back leads to what was there before. */
export function pushSearch(search: URLSearchParams): void {
  window.history.pushState(null, '', `${window.location.pathname}?${search}`);
}

/** `useSearchParameter` for a text that is typed: the address follows once the typing pauses. */
export function useTypedSearchParameter(
  name: string,
  pauseMs = 250,
): { typed: string; setTyped: (text: string) => void; settled: string } {
  const [settled, settle] = useSearchParameter(name);
  const [typed, setTyped] = useState(settled);
  useEffect(() => {
    if (typed === settled) return undefined;
    const timer = setTimeout(() => settle(typed), pauseMs);
    return () => clearTimeout(timer);
  }, [typed, settled, settle, pauseMs]);
  return { typed, setTyped, settled };
}
