import type { Metadata } from 'next';
import { Suspense } from 'react';
import { AnalysesPage } from '@/features/analysis/list/analyses-page';

export const metadata: Metadata = { title: 'Analysis' };

export default function AnalysesRoute() {
  return (
    <Suspense>
      <AnalysesPage />
    </Suspense>
  );
}
