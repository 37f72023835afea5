'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';

export interface SideTab {
  readonly label: string;
  readonly href: string;
}

/** Pages that belong together: their names stand beside them, or above them on a phone. */
export function SideTabs({ label, tabs, children }: { label: string; tabs: readonly SideTab[]; children: ReactNode }) {
  const pathname = usePathname();
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-col md:flex-row">
      <nav aria-label={label} className="shrink-0 px-4 pt-4 md:w-44 md:pt-9 md:pr-0 md:pl-8">
        <ul className="scrollbar-thin flex gap-1 overflow-x-auto md:flex-col">
          {tabs.map((tab) => {
            const current = pathname.startsWith(tab.href);
            return (
              <li key={tab.href} ref={current ? reveal : undefined}>
                <Link
                  href={tab.href}
                  prefetch={false}
                  aria-current={current ? 'page' : undefined}
                  className={cn(
                    'block rounded-md px-2.5 py-1.5 text-sm whitespace-nowrap text-muted-foreground hover:bg-muted hover:text-foreground focus-visible:-outline-offset-2',
                    current && 'bg-muted font-medium text-foreground',
                  )}
                >
                  {tab.label}
                </Link>
              </li>
            );
          })}
        </ul>
      </nav>
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}

/** On a phone the current one may stand outside of what is seen of the row. */
function reveal(tab: HTMLElement | null): void {
  tab?.scrollIntoView({ block: 'nearest', inline: 'center' });
}
