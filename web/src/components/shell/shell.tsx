'use client';

import { Menu as MenuIcon, Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type ReactNode, useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Sheet } from '@/components/ui/sheet';
import { TransferTray } from '@/features/files/transfers/transfer-tray';
import { patiently } from '@/lib/patiently';
import { Brand } from './brand';
import { ServiceState } from './service-state';
import { Sidebar } from './sidebar';
import { UserMenu } from './user-menu';

const CommandPalette = dynamic(
  patiently(() => import('./command-palette')),
  { ssr: false },
);

/** What stands around every page of those who are signed in. */
export function Shell({ children }: { children: ReactNode }) {
  const [navigating, setNavigating] = useState(false);
  const [searching, setSearching] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setSearching((open) => !open);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <div className="flex min-h-dvh">
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-accent-foreground focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <aside className="sticky top-0 hidden h-dvh w-56 shrink-0 border-r bg-surface p-3 md:block">
        <Sidebar />
      </aside>
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="sticky top-0 z-30 flex h-14 items-center gap-2 border-b bg-background/90 px-3 backdrop-blur md:px-6">
          <Sheet
            side="left"
            title={<span className="sr-only">Navigation</span>}
            open={navigating}
            onOpenChange={setNavigating}
            className="w-64"
            trigger={
              <Button variant="ghost" size="icon" className="md:hidden" aria-label="Open navigation">
                <MenuIcon />
              </Button>
            }
          >
            <Sidebar onNavigate={() => setNavigating(false)} />
          </Sheet>
          <Brand className="md:hidden" />
          <Button
            onClick={() => setSearching(true)}
            className="ml-auto font-normal text-muted-foreground md:ml-0 md:w-72 md:justify-start"
          >
            <Search aria-hidden />
            <span className="sr-only md:not-sr-only">Search or ask</span>
            <kbd className="ml-auto hidden font-sans text-xs md:inline">Ctrl K</kbd>
          </Button>
          <div className="ml-0 flex items-center gap-1 md:ml-auto">
            <UserMenu />
          </div>
        </header>
        <ServiceState />
        <main id="content" className="min-w-0 flex-1">
          {children}
        </main>
      </div>
      <TransferTray />
      {searching && <CommandPalette open onOpenChange={setSearching} />}
    </div>
  );
}
