'use client';

import { useState } from 'react';
import { api, ask, type Schemas } from '@/lib/api/client';
import { usePages } from '@/lib/use-pages';

export type AnalysisSummary = Schemas['AnalysisSummary'];
export type ListedStatus = AnalysisSummary['overall_status'];

export const statusNames: Readonly<Record<ListedStatus, string>> = {
  pending: 'Waiting',
  processing: 'Under way',
  completed: 'Completed',
  failed: 'Failed',
};
export const listedStatuses = Object.keys(statusNames) as ListedStatus[];

/** The workspace's analyses, page by page; while one is under way the list keeps up with it. */
export function useAnalyses(status: ListedStatus | undefined) {
  const [total, setTotal] = useState<number>();
  const pages = usePages<AnalysisSummary>(
    ['analyses', 'list', status],
    async (cursor) => {
      const page = await ask(api.GET('/api/v1/analysis/requests', { params: { query: { cursor, status } } }));
      setTotal(page.total);
      return { items: page.requests, next_cursor: page.next_cursor };
    },
    { refetchInterval: (analyses) => (analyses.some(isUnderWay) ? 2000 : false) },
  );
  return { ...pages, total };
}

export function isUnderWay({ overall_status: status }: Pick<AnalysisSummary, 'overall_status'>): boolean {
  return status === 'pending' || status === 'processing';
}
