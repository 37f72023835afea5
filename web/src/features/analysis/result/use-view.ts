'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { pushSearch, replaceSearch } from '@/lib/use-search-parameter';
import { type Level, levels } from './lineage';

/** What of a result is looked at. It lives in the page's address, so that every place in it can be shared. */
export interface View {
  /** The level that is shown, or the steps that it was made by. */
  readonly show?: Level | 'steps';
  /** The thing of that level that is open. */
  readonly item: string;
  /** The meaning or chunk whose place in the interview is shown. */
  readonly at: string;
  /** The interview that is shown, when no place is. */
  readonly interview: string;
}

export type ViewChange = Partial<Record<keyof View, string>>;

export function useView() {
  const pathname = usePathname();
  const search = useSearchParams();
  const view = useMemo<View>(() => {
    const show = search.get('show');
    return {
      show: show === 'steps' ? show : levels.find((level) => level === show),
      item: search.get('item') ?? '',
      at: search.get('at') ?? '',
      interview: search.get('interview') ?? '',
    };
  }, [search]);
  const addressOf = useCallback((change: ViewChange) => `${pathname}?${changed(search, change)}`, [pathname, search]);
  /** `anew` is a step that the way back undoes. */
  const go = useCallback((change: ViewChange, { anew = false } = {}) => {
    const next = changed(new URLSearchParams(window.location.search), change);
    if (anew) pushSearch(next);
    else replaceSearch(next);
  }, []);
  return { view, addressOf, go };
}

function changed(search: { toString(): string }, change: ViewChange): URLSearchParams {
  const next = new URLSearchParams(search.toString());
  for (const [name, value] of Object.entries(change)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return next;
}
