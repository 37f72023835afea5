import { type ReactNode, Suspense } from 'react';
import { AdminLayout } from '@/features/admin/admin-layout';

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <AdminLayout>
      <Suspense>{children}</Suspense>
    </AdminLayout>
  );
}
