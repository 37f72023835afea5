import { Suspense } from 'react';
import { Sql } from '@/features/sql/sql';

export const metadata = { title: 'SQL' };

export default function SqlPage() {
  return (
    <Suspense>
      <Sql />
    </Suspense>
  );
}
