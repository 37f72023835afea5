import type { Metadata } from 'next';
import { Suspense } from 'react';
import { NewSourcePage } from '@/features/sources/form/new-source-page';

export const metadata: Metadata = { title: 'Connect a source' };

export default function NewSourceRoute() {
  return (
    <Suspense>
      <NewSourcePage />
    </Suspense>
  );
}
