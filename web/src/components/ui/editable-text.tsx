'use client';

import { Pencil } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { cn } from '@/lib/cn';
import { Button } from './button';
import { Textarea } from './input';

/** A text that is changed where it stands: Enter keeps the change, Escape drops it. */
export function EditableText({
  value,
  label,
  placeholder,
  maxLength,
  editable,
  onSave,
  className,
}: {
  value: string;
  label: string;
  placeholder: string;
  maxLength: number;
  editable: boolean;
  onSave: (text: string) => void;
  className?: string;
}) {
  const [draft, setDraft] = useState<string>();
  if (!editable) return value ? <p className={cn('whitespace-pre-wrap', className)}>{value}</p> : null;
  if (draft === undefined) {
    return (
      <button
        type="button"
        onClick={() => setDraft(value)}
        className={cn(
          'group -mx-1.5 inline-flex max-w-full items-start gap-1.5 rounded px-1.5 text-left hover:bg-muted',
          className,
        )}
      >
        <span className={cn('min-w-0 break-words whitespace-pre-wrap', !value && 'text-muted-foreground')}>
          {value || placeholder}
        </span>
        <span className="sr-only">: change {label}</span>
        <Pencil
          aria-hidden
          className="mt-1 size-3 shrink-0 text-muted-foreground opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"
        />
      </button>
    );
  }
  const save = () => {
    setDraft(undefined);
    if (draft.trim() !== value) onSave(draft.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setDraft(undefined);
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      save();
    }
  };
  return (
    <div className={cn('flex max-w-2xl flex-col gap-2', className)}>
      <Textarea
        autoFocus
        aria-label={label}
        value={draft}
        maxLength={maxLength}
        rows={2}
        className="min-h-0"
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="flex gap-2">
        <Button size="small" variant="primary" onClick={save}>
          Save
        </Button>
        <Button size="small" onClick={() => setDraft(undefined)}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
