import { ExternalLink as Icon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';

/** A link out of the service, in a window of its own that is told nothing of us. Only http and https become links. */
export function ExternalLink({ href, className, children }: { href: string; className?: string; children: ReactNode }) {
  if (!/^https?:\/\//i.test(href)) return <span className={className}>{children}</span>;
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className={cn('inline-flex items-center gap-1 text-accent underline-offset-4 hover:underline', className)}
    >
      {children}
      <Icon className="size-3.5 shrink-0" aria-hidden />
      <span className="sr-only">(opens in a new window)</span>
    </a>
  );
}
