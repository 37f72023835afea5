import type { ReactNode } from 'react';
import { NativeSelect } from '@/components/ui/input';
import { cn } from '@/lib/cn';

/** What narrows a list, in one line that wraps on a phone. */
export function Filters({ children }: { children: ReactNode }) {
  return (
    <div role="search" className="flex flex-wrap items-center gap-2">
      {children}
    </div>
  );
}

/** One of several values, or all of them. */
export function FilterSelect({
  label,
  all,
  options,
  value,
  onChange,
  className,
}: {
  label: string;
  /** How "no filter" is called; without it there always is one. */
  all?: string;
  options: readonly (string | { value: string; label: string })[];
  value: string;
  onChange: (value: string) => void;
  className?: string;
}) {
  return (
    <NativeSelect
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className={cn('w-auto max-w-44', className)}
    >
      {all !== undefined && <option value="">{all}</option>}
      {options.map((option) => {
        const { value: each, label: name } = typeof option === 'string' ? { value: option, label: option } : option;
        return (
          <option key={each} value={each}>
            {name}
          </option>
        );
      })}
    </NativeSelect>
  );
}
