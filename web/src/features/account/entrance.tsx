import type { ReactNode } from 'react';
import { Brand } from '@/components/shell/brand';

/** What stands around the pages before the product: signing in, setting up, accepting an invitation. */
export function Entrance({
  title,
  description,
  children,
}: {
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
}) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-6 px-4 py-10">
      <Brand className="text-lg" />
      <section className="w-full max-w-sm rounded-xl border bg-surface p-6 shadow-sm">
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
        {description && <p className="mt-1 text-sm text-muted-foreground">{description}</p>}
        <div className="mt-5">{children}</div>
      </section>
    </main>
  );
}
