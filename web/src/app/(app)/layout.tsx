'use client';

import { type CSSProperties, type ReactNode, Suspense } from 'react';
import { Toaster } from 'sonner';
import { Gate } from '@/components/shell/gate';
import { Shell } from '@/components/shell/shell';
import { TooltipProvider } from '@/components/ui/tooltip';
import { ServerState } from '@/lib/query';
import { useTheme } from '@/lib/use-theme';

/** The toasts' own names for what the page calls otherwise. */
const toastStyle = {
  fontFamily: 'inherit',
  '--normal-bg': 'var(--surface)',
  '--normal-border': 'var(--border)',
  '--normal-text': 'var(--foreground)',
} as CSSProperties;

/** Every page of those who are signed in. */
export default function AppLayout({ children }: { children: ReactNode }) {
  const { theme } = useTheme();
  return (
    <ServerState>
      <TooltipProvider delayDuration={300}>
        <Suspense>
          <Gate>
            <Shell>{children}</Shell>
          </Gate>
        </Suspense>
        <Toaster theme={theme} position="bottom-right" closeButton style={toastStyle} />
      </TooltipProvider>
    </ServerState>
  );
}
