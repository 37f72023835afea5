import type { Metadata } from 'next';
import { Suspense } from 'react';
import { TableView } from '@/features/tables/table-view';

export const metadata: Metadata = { title: 'Table' };

export default function TablePage() {
  return (
    <Suspense>
      <TableView />
    </Suspense>
  );
}
