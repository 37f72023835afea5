import type { Metadata } from 'next';
import { Suspense } from 'react';
import { UploadPage } from '@/features/files/upload/upload-page';

export const metadata: Metadata = { title: 'Upload' };

export default function UploadRoute() {
  return (
    <Suspense>
      <UploadPage />
    </Suspense>
  );
}
