'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '@/lib/cn';
import { useWorkspace } from '@/lib/use-session';
import { Brand } from './brand';
import { isCurrent, type Place, places, secondaryPlaces } from './navigation';
import { WorkspaceSwitcher } from './workspace-switcher';

/** Where everything is. Stands beside the page, or in a sheet on a phone. */
export function Sidebar({ onNavigate }: { onNavigate?: () => void }) {
  const permissions = useWorkspace()?.permissions;
  const allowed = ({ permission }: Place) => !permission || !permissions || permissions.includes(permission);
  return (
    <div className="flex h-full flex-col gap-4">
      <Link href="/" className="px-2 py-1" onClick={onNavigate}>
        <Brand />
      </Link>
      <WorkspaceSwitcher />
      <nav aria-label="Main" className="flex flex-1 flex-col justify-between gap-4">
        <PlaceList places={places.filter(allowed)} onNavigate={onNavigate} />
        <PlaceList places={secondaryPlaces.filter(allowed)} onNavigate={onNavigate} />
      </nav>
    </div>
  );
}

function PlaceList({ places, onNavigate }: { places: readonly Place[]; onNavigate?: () => void }) {
  const pathname = usePathname();
  return (
    <ul className="flex flex-col gap-0.5">
      {places.map((place) => {
        const current = isCurrent(place, pathname);
        return (
          <li key={place.href}>
            <Link
              href={place.href}
              prefetch={false}
              onClick={onNavigate}
              aria-current={current ? 'page' : undefined}
              className={cn(
                'flex items-center gap-2.5 rounded-md px-2 py-1.5 text-sm font-medium text-muted-foreground transition-colors hover:bg-muted hover:text-foreground',
                current && 'bg-muted text-foreground',
              )}
            >
              <place.icon className="size-4" aria-hidden />
              {place.label}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
