import type { Metadata } from 'next';
import { Tools } from '@/features/admin/tools/tools';

export const metadata: Metadata = { title: 'Tools' };

export default function ToolsPage() {
  return <Tools />;
}
