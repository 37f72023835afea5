'use client';

import { useState } from 'react';

const key = 'tabletalk.sql.library';

/** The library stands beside the editor where there is room, and can be put away; elsewhere it opens as a sheet. */
export function useLibraryPanel() {
  const [isBeside, setBeside] = useState(() => localStorage.getItem(key) !== 'hidden');
  const [isSheetOpen, setSheetOpen] = useState(false);
  const toggle = () => {
    if (!matchMedia('(min-width: 64rem)').matches) return setSheetOpen(true);
    localStorage.setItem(key, isBeside ? 'hidden' : 'shown');
    setBeside(!isBeside);
  };
  return { isBeside, isSheetOpen, setSheetOpen, toggle };
}
