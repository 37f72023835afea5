import type { Metadata } from 'next';
import { Suspense } from 'react';
import { DatasetPage } from '@/features/files/dataset/dataset-page';

export const metadata: Metadata = { title: 'Data set' };

export default function DatasetRoute() {
  return (
    <Suspense>
      <DatasetPage />
    </Suspense>
  );
}
