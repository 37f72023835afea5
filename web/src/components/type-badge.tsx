import { Binary, Braces, CalendarDays, Clock, Hash, ToggleLeft, Type } from 'lucide-react';
import { createElement } from 'react';
import { cn } from '@/lib/cn';

/** A column's type with a sign that can be told at a glance. */
export function TypeBadge({ type, className }: { type: string; className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-1 text-xs whitespace-nowrap text-muted-foreground', className)}>
      {createElement(iconOf(type), { className: 'size-3', 'aria-hidden': true })}
      {type}
    </span>
  );
}

function iconOf(type: string) {
  if (type === 'bigint' || type === 'double' || type.startsWith('decimal') || type === 'integer') return Hash;
  if (type === 'date' || type.startsWith('timestamp')) return CalendarDays;
  if (type === 'time') return Clock;
  if (type === 'boolean') return ToggleLeft;
  if (type === 'json') return Braces;
  if (type === 'varbinary') return Binary;
  return Type;
}
