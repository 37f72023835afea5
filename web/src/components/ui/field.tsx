import { Label } from 'radix-ui';
import { cloneElement, type ReactElement, type ReactNode, useId } from 'react';
import { cn } from '@/lib/cn';

interface Control {
  id?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
}

/** A labelled control with a hint and, when the service or the form refuses it, the reason. */
export function Field({
  label,
  hint,
  error,
  className,
  children,
}: {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  className?: string;
  children: ReactElement<Control>;
}) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={cn('flex flex-col gap-1.5', className)}>
      <Label.Root htmlFor={id} className="text-sm font-medium">
        {label}
      </Label.Root>
      {cloneElement(children, {
        id,
        ...(note ? { 'aria-describedby': `${id}-note` } : {}),
        ...(error ? { 'aria-invalid': true } : {}),
      })}
      {note && (
        <p
          id={`${id}-note`}
          role={error ? 'alert' : undefined}
          className={cn('text-[13px]', error ? 'text-danger' : 'text-muted-foreground')}
        >
          {note}
        </p>
      )}
    </div>
  );
}
