'use client';

import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import { hasEnded, type RunProgress } from './run-progress';
import { runs } from './runs';

/** What is known of these runs, in their order; they are followed while the page shows them. */
export function useRuns(
  runIds: readonly string[],
  workspaceId: string | undefined,
  onEnd: () => unknown,
): readonly RunProgress[] {
  const names = runIds.join(' ');
  const ended = useRef(onEnd);
  useEffect(() => {
    ended.current = onEnd;
  });
  useEffect(() => {
    for (const runId of names.split(' ').filter(Boolean)) runs.follow(runId, workspaceId);
  }, [names, workspaceId]);
  const last = useRef<readonly RunProgress[]>([]);
  const subscribe = useCallback(
    (changed: () => void) =>
      runs.subscribe((progress) => {
        if (!names.split(' ').includes(progress.runId)) return;
        changed();
        if (hasEnded(progress)) ended.current();
      }),
    [names],
  );
  const read = () => {
    const now = names.split(' ').flatMap((runId) => runs.of(runId) ?? []);
    const same = now.length === last.current.length && now.every((progress, index) => progress === last.current[index]);
    if (!same) last.current = now;
    return last.current;
  };
  return useSyncExternalStore(subscribe, read, () => nothing);
}

const nothing: readonly RunProgress[] = [];
