'use client';

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
  const pages = usePages<AnalysisSummary, Total>(
    ['analyses', 'list', status],
    async (cursor) => {
      const query = { cursor, status };
      const { requests, ...page } = await ask(api.GET('/api/v1/analysis/requests', { params: { query } }));
      return { ...page, items: requests };
    },
    { refetchInterval: (analyses) => (analyses.some(isUnderWay) ? 2000 : false) },
  );
  return { ...pages, total: pages.data?.pages.at(-1)?.total };
}

interface Total {
  /** How many there are, those of other pages too. */
  readonly total: number;
}

export function isUnderWay({ overall_status: status }: Pick<AnalysisSummary, 'overall_status'>): boolean {
  return status === 'pending' || status === 'processing';
}
