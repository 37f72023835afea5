import type { Metadata } from 'next';
import { Suspense } from 'react';
import { DocumentPage } from '@/features/documents/document-page';

export const metadata: Metadata = { title: 'Document' };

export default function DocumentRoute() {
  return (
    <Suspense>
      <DocumentPage />
    </Suspense>
  );
}
