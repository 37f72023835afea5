import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SourcePage } from '@/features/sources/view/source-page';

export const metadata: Metadata = { title: 'Source' };

export default function SourceRoute() {
  return (
    <Suspense>
      <SourcePage />
    </Suspense>
  );
}
