'use client';

import { Lock } from 'lucide-react';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { Page } from '@/components/shell/page';
import { SideTabs } from '@/components/shell/side-tabs';
import { EmptyState } from '@/components/ui/empty-state';
import { useWorkspace } from '@/lib/use-session';
import { isClosed, openPages } from './admin-pages';

/** The pages of administration that the visitor's role opens. */
export function AdminLayout({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  const workspace = useWorkspace();
  const permissions = workspace?.permissions ?? [];
  return (
    <SideTabs label="Administration" tabs={openPages(permissions)}>
      {isClosed(pathname, permissions) ? <Closed role={workspace?.role ?? ''} /> : children}
    </SideTabs>
  );
}

function Closed({ role }: { role: string }) {
  return (
    <Page title="Administration">
      <EmptyState icon={Lock} title={`The role ${role} does not open this page`}>
        Somebody who may change roles in this workspace can give you another one.
      </EmptyState>
    </Page>
  );
}
