import type { Metadata } from 'next';
import { Workspace } from '@/features/admin/workspace/workspace';

export const metadata: Metadata = { title: 'Workspace' };

export default function WorkspacePage() {
  return <Workspace />;
}
