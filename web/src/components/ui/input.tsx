import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

const looks =
  'w-full min-w-0 rounded-md border border-input/60 bg-surface px-3 text-sm shadow-xs transition-colors placeholder:text-muted-foreground hover:border-input disabled:cursor-not-allowed disabled:opacity-60 aria-invalid:border-danger';

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={cn(looks, 'h-9', className)} {...rest} />;
}

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={cn(looks, 'min-h-20 py-2 leading-normal', className)} {...rest} />;
}

/** The browser's own list: fast, reachable by keyboard, and right on every phone. */
export function NativeSelect({ className, ...rest }: ComponentProps<'select'>) {
  return <select className={cn(looks, 'h-9 pr-8', className)} {...rest} />;
}
