'use client';

import type { ReactNode } from 'react';
import { SideTabs } from '@/components/shell/side-tabs';
import { paths } from '@/lib/paths';

const tabs = [
  { label: 'Profile', href: paths.settings('profile') },
  { label: 'Sessions', href: paths.settings('sessions') },
  { label: 'API tokens', href: paths.settings('api-tokens') },
];

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <SideTabs label="Settings" tabs={tabs}>
      {children}
    </SideTabs>
  );
}
