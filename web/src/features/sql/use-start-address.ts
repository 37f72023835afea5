'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { paths } from '@/lib/paths';
import { useStableCallback } from './use-stable-callback';

/** What an address asks the page to open. */
export interface StartAddress {
  readonly sql?: string;
  readonly queryId?: string;
  readonly savedQueryId?: string;
}

/**
 * Opens what the address asks for, and keeps the address telling what is looked at (`current`), so that it can be
 * shared. `open` resolves when the page shows what was asked for.
 */
export function useStartAddress(current: StartAddress, open: (wanted: StartAddress) => Promise<void>): void {
  const asked = useSearchParams().toString();
  const own = paths.sql(current);
  // What was written here comes back as if it were asked for, later and one by one.
  const written = useRef(new Set<string>());
  const [isSettled, settle] = useState(() => wantedOf(asked, own) === undefined);

  const answer = useStableCallback((search: string) => {
    const wanted = written.current.delete(search) ? undefined : wantedOf(search, own);
    if (wanted) void open(wanted).finally(() => settle(true));
  });
  useEffect(() => answer(asked), [asked, answer]);

  useEffect(() => {
    const [, search = ''] = own.split('?');
    if (!isSettled || search === window.location.search.slice(1)) return;
    written.current.add(search);
    window.history.replaceState(null, '', own);
  }, [own, isSettled]);
}

/** Undefined when an address asks for nothing, or for what is looked at already. */
function wantedOf(asked: string, own: string): StartAddress | undefined {
  const search = new URLSearchParams(asked);
  const sql = search.get('sql') ?? undefined;
  const queryId = search.get('query') ?? undefined;
  const savedQueryId = search.get('saved') ?? undefined;
  const wanted = { sql, queryId, savedQueryId };
  return (sql || queryId || savedQueryId) && paths.sql(wanted) !== own ? wanted : undefined;
}
