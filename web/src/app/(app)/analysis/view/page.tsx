import type { Metadata } from 'next';
import { Suspense } from 'react';
import { AnalysisPage } from '@/features/analysis/analysis-page';

export const metadata: Metadata = { title: 'Analysis' };

export default function AnalysisRoute() {
  return (
    <Suspense>
      <AnalysisPage />
    </Suspense>
  );
}
