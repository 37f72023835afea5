import type { Metadata } from 'next';
import { Roles } from '@/features/admin/roles/roles';

export const metadata: Metadata = { title: 'Roles' };

export default function RolesPage() {
  return <Roles />;
}
