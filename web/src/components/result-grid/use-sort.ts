'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import { asProblem } from '@/lib/api/problem';
import { kindOf } from './cells';
import type { ResultSource } from './result-source';
import { type SortDirection, sortRows } from './sort-rows';

/** Sorting happens here, so the rows must be here. A larger result is sorted by the query. */
export const mostSortedRows = 100_000;

export interface Sort {
  readonly column: number;
  readonly direction: SortDirection;
  /** Positions in the source by positions in the grid. */
  readonly order: Uint32Array;
}

/** Sorting by one column at a time: up, down, as it came. */
export function useSort(source: ResultSource) {
  const [state, setState] = useState<{ source: ResultSource; sort?: Sort; busyColumn?: number }>({ source });
  const { sort, busyColumn } = state.source === source ? state : { sort: undefined, busyColumn: undefined };

  const sortBy = async (column: number, direction: SortDirection | undefined) => {
    if (!direction) return setState({ source });
    setState((before) => ({ ...before, source, busyColumn: column }));
    try {
      const rows = await source.read(0, Math.min(source.rowCount, mostSortedRows));
      await nextFrame();
      const values = rows.map((row) => row[column]);
      const order = sortRows(values, kindOf(source.columns[column]!.type), direction);
      setState((now) =>
        now.source === source && now.busyColumn === column ? { source, sort: { column, direction, order } } : now,
      );
    } catch (error) {
      setState({ source });
      toast.error('The rows could not be sorted', { description: asProblem(error).message });
    }
  };
  const cycle = (column: number) => {
    const direction = sort?.column === column ? sort.direction : undefined;
    const next = { ascending: 'descending', descending: undefined, none: 'ascending' } as const;
    return sortBy(column, next[direction ?? 'none']);
  };
  return { sort, busyColumn, cycle };
}

/** Lets the sign that something is under way be painted first. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
  });
}
