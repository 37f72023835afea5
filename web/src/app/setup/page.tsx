import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SetUp } from '@/features/account/set-up';

export const metadata: Metadata = { title: 'Set up' };

export default function SetUpPage() {
  return (
    <Suspense>
      <SetUp />
    </Suspense>
  );
}
