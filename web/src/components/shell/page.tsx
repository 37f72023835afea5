import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';

/** A page's heading, its actions and its content at a readable width; `wide` for grids and editors. */
export function Page({
  title,
  description,
  actions,
  wide,
  children,
}: {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      className={cn('mx-auto flex w-full flex-col gap-6 px-4 py-6 md:px-8 md:py-8', wide ? 'max-w-none' : 'max-w-6xl')}
    >
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h1 className="text-2xl leading-tight font-semibold tracking-tight break-words">{title}</h1>
          {description && <div className="mt-1 text-sm text-muted-foreground">{description}</div>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children}
    </div>
  );
}
