'use client';

import { useEffect, useState } from 'react';
import { restored, type TabsState } from './tabs';

const pauseMs = 400;

/** The tabs of a workspace, kept in this browser. What another window of it wrote last is what a reload shows. */
export function useTabsState(workspaceId: string) {
  const key = `tabletalk.sql.${workspaceId}`;
  const [state, setState] = useState(() => restored(localStorage.getItem(key), newTabId()));
  useEffect(() => {
    const save = () => keep(key, state);
    const timer = setTimeout(save, pauseMs);
    window.addEventListener('pagehide', save);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', save);
      save();
    };
  }, [key, state]);
  return [state, setState] as const;
}

export function newTabId(): string {
  return Math.random().toString(36).slice(2, 10);
}

function keep(key: string, { tabs, activeId }: TabsState): void {
  try {
    localStorage.setItem(key, JSON.stringify({ tabs, activeId }));
  } catch {
    // A browser without room for them shows the tabs for as long as the page is open.
  }
}
