'use client';

import { useEffect, useState } from 'react';
import { type ApiProblem, asProblem } from '@/lib/api/problem';
import type { ResultRow } from './cells';
import type { ResultSource } from './result-source';

interface FirstRows {
  readonly source?: ResultSource;
  /** Absent until they are all here. */
  readonly rows?: readonly ResultRow[];
  readonly problem?: ApiProblem;
}

/** The first rows of a result, at most `limit`. */
export function useFirstRows(source: ResultSource | undefined, limit: number): FirstRows & { retry: () => void } {
  const [state, setState] = useState<FirstRows>({});
  useEffect(() => {
    let isLookedAt = true;
    if (source) void load(source, limit).then((loaded) => isLookedAt && setState(loaded));
    return () => {
      isLookedAt = false;
    };
  }, [source, limit]);
  const current = state.source === source ? state : {};
  const retry = () => {
    setState({});
    if (source) void load(source, limit).then(setState);
  };
  return { ...current, retry };
}

async function load(source: ResultSource, limit: number): Promise<FirstRows> {
  try {
    return { source, rows: await source.read(0, Math.min(limit, source.rowCount)) };
  } catch (error) {
    return { source, problem: asProblem(error) };
  }
}
