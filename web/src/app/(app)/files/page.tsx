import type { Metadata } from 'next';
import { Suspense } from 'react';
import { FilesPage } from '@/features/files/list/files-page';

export const metadata: Metadata = { title: 'Files' };

export default function FilesRoute() {
  return (
    <Suspense>
      <FilesPage />
    </Suspense>
  );
}
