import type { Metadata } from 'next';
import { FirstAdminPage } from '@/features/admin/first-admin-page';

export const metadata: Metadata = { title: 'Administration' };

export default function AdminPage() {
  return <FirstAdminPage />;
}
