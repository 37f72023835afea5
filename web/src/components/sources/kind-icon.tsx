import { cn } from '@/lib/cn';
import { kinds, type SourceKind } from './kinds';

/** The platform of a source as a small picture; its name stands beside it or is read out. */
export function KindIcon({ kind, named, className }: { kind: SourceKind; named?: boolean; className?: string }) {
  const { icon: Icon, label } = kinds[kind];
  return (
    <span className="inline-flex items-center align-[-0.125em]">
      <Icon className={cn('size-4 shrink-0 text-muted-foreground', className)} strokeWidth={1.75} aria-hidden />
      {named && <span className="sr-only">{label}</span>}
    </span>
  );
}
