import { Search } from 'lucide-react';
import { cn } from '@/lib/cn';
import { Input } from './input';

/** A box that narrows a list. */
export function SearchField({
  value,
  onChange,
  label,
  className,
}: {
  value: string;
  onChange: (text: string) => void;
  label: string;
  className?: string;
}) {
  return (
    <div className={cn('relative', className)}>
      <Search className="pointer-events-none absolute top-2.5 left-3 size-4 text-muted-foreground" aria-hidden />
      <Input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="pl-9"
      />
    </div>
  );
}
