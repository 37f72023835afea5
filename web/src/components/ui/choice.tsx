import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';

/** One of several, with a line about each. */
export function ChoiceList<Value extends string>({
  label,
  name,
  options,
  value,
  onChange,
}: {
  label: ReactNode;
  /** Of the group of radio buttons. */
  name: string;
  options: readonly { readonly value: Value; readonly label: string; readonly hint?: string; readonly off?: boolean }[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={cn(
            'flex items-start gap-2.5 rounded-md border bg-surface px-3 py-2 text-sm has-checked:border-accent has-checked:bg-accent-soft',
            option.off && 'opacity-60',
          )}
        >
          <input
            type="radio"
            name={name}
            className="mt-1 accent-accent"
            checked={value === option.value}
            disabled={option.off}
            onChange={() => onChange(option.value)}
          />
          <span className="min-w-0">
            <span className="block font-medium">{option.label}</span>
            {option.hint && <span className="block text-[13px] text-muted-foreground">{option.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** A tick with what it means. */
export function Tick({
  label,
  hint,
  checked,
  onChange,
  disabled,
}: {
  label: ReactNode;
  hint?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}) {
  return (
    <label className={cn('flex items-start gap-2.5 text-sm', disabled && 'opacity-60')}>
      <input
        type="checkbox"
        className="mt-1 size-3.5 shrink-0 accent-accent"
        checked={checked}
        disabled={disabled}
        onChange={({ target }) => onChange(target.checked)}
      />
      <span className="min-w-0">
        <span className="block break-words">{label}</span>
        {hint && <span className="block text-[13px] text-muted-foreground">{hint}</span>}
      </span>
    </label>
  );
}
