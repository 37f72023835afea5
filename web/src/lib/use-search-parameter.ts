'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';

/** A part of the page's state that lives in its address, so that it can be shared and survives a reload. */
export function useSearchParameter(name: string): [string, (value: string) => void] {
  const search = useSearchParams();
  const pathname = usePathname();
  const router = useRouter();
  const set = useCallback(
    (value: string) => {
      const next = new URLSearchParams(window.location.search);
      if (value === '') next.delete(name);
      else next.set(name, value);
      router.replace(next.size > 0 ? `${pathname}?${next}` : pathname, { scroll: false });
    },
    [name, pathname, router],
  );
  return [search.get(name) ?? '', set];
}

/** The same for a text that is typed: the address follows once the typing pauses. */
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
