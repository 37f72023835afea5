import type { Metadata } from 'next';
import { Suspense } from 'react';
import { ComparePage } from '@/features/analysis/compare/compare-page';

export const metadata: Metadata = { title: 'Compare analyses' };

export default function CompareRoute() {
  return (
    <Suspense>
      <ComparePage />
    </Suspense>
  );
}
