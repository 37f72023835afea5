'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { paths } from '@/lib/paths';

/** Leads on to the profile. */
export function FirstSettingsPage() {
  const router = useRouter();
  useEffect(() => router.replace(paths.settings('profile')), [router]);
  return null;
}
