import { cn } from '@/lib/cn';

/** The name and its mark. */
export function Brand({ className }: { className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-2 font-semibold tracking-tight', className)}>
      {/* The page is static files; there is no server to optimise images. */}
      {/* oxlint-disable-next-line nextjs/no-img-element */}
      <img src="/icon.svg" alt="" width={24} height={24} />
      Tabletalk
    </span>
  );
}
