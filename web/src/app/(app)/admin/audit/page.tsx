import type { Metadata } from 'next';
import { Audit } from '@/features/admin/audit/audit';

export const metadata: Metadata = { title: 'Audit' };

export default function AuditPage() {
  return <Audit />;
}
