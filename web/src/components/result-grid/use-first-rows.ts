'use client';

import { useEffect, useMemo } from 'react';
import type { ResultRow } from './cells';
import { type ResultSource, sourceOf } from './result-source';
import { useSourceVersion } from './use-source-version';

/** The first rows of a result, at most `limit`; undefined until they are all here. */
export function useFirstRows(source: ResultSource | undefined, limit: number): readonly ResultRow[] | undefined {
  const given = source ?? nothing;
  const version = useSourceVersion(given);
  const count = Math.min(limit, given.rowCount);
  useEffect(() => given.want(0, count), [given, count, version]);
  return useMemo(() => {
    if (!source) return undefined;
    const rows: ResultRow[] = [];
    for (let index = 0; index < count; index += 1) {
      const row = source.row(index);
      if (!row) return undefined;
      rows.push(row);
    }
    return rows;
    // The source changes in place; its version says when.
  }, [source, count, version]);
}

const nothing = sourceOf([], []);
