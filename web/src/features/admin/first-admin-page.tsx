'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useWorkspace } from '@/lib/use-session';
import { openPages } from './admin-pages';

/** Leads on to the first page of administration that the visitor's role opens. */
export function FirstAdminPage() {
  const router = useRouter();
  const workspace = useWorkspace();
  const first = workspace && openPages(workspace.permissions ?? [])[0]?.href;
  useEffect(() => {
    if (first !== undefined) router.replace(first);
  }, [router, first]);
  return null;
}
