import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SourcesPage } from '@/features/sources/list/sources-page';

export const metadata: Metadata = { title: 'Sources' };

export default function SourcesRoute() {
  return (
    <Suspense>
      <SourcesPage />
    </Suspense>
  );
}
