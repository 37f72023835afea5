import type { Metadata } from 'next';
import { Health } from '@/features/admin/health/health';

export const metadata: Metadata = { title: 'Health' };

export default function HealthPage() {
  return <Health />;
}
