'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { newId } from '@/lib/new-id';
import { paths } from '@/lib/paths';
import { type NewAnalysis, startAnalysis } from './start-analysis';

/** Starts an analysis and opens it. What is sent again after an answer was lost is still one analysis. */
export function useStart(): (analysis: NewAnalysis) => Promise<void> {
  const client = useQueryClient();
  const router = useRouter();
  const sent = useRef({ what: '', key: '' });
  return async (analysis) => {
    const { files, title, method } = analysis;
    const what = JSON.stringify([
      title,
      method,
      files.map(({ name, size, lastModified }) => [name, size, lastModified]),
    ]);
    if (sent.current.what !== what) sent.current = { what, key: newId() };
    const requestId = await startAnalysis(analysis, sent.current.key);
    void client.invalidateQueries({ queryKey: ['analyses'] });
    router.push(paths.analysis(requestId));
  };
}
