import type { Metadata } from 'next';
import { Suspense } from 'react';
import { TableCatalog } from '@/features/tables/table-catalog';

export const metadata: Metadata = { title: 'Tables' };

export default function TablesPage() {
  return (
    <Suspense>
      <TableCatalog />
    </Suspense>
  );
}
