import { useId } from 'react';
import { cn } from '@/lib/cn';
import type { PublishMode } from './publish-words';

const modes: readonly { readonly mode: PublishMode; readonly label: string; readonly hint: string }[] = [
  { mode: 'create', label: 'New data set', hint: 'Under a name of its own' },
  { mode: 'append', label: 'Add to one', hint: 'Its rows stay' },
  { mode: 'replace', label: 'Replace one', hint: 'Can be taken back' },
];

/** In which way the rows are published. */
export function ModeChoice({ mode, onMode }: { mode: PublishMode; onMode: (mode: PublishMode) => void }) {
  const name = useId();
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">How</legend>
      {modes.map((each) => (
        <label
          key={each.mode}
          className={cn(
            'flex cursor-pointer items-center gap-2.5 rounded-lg border px-3 py-2 text-sm hover:bg-muted',
            each.mode === mode && 'border-accent bg-accent-soft hover:bg-accent-soft',
          )}
        >
          <input
            type="radio"
            name={name}
            className="accent-accent"
            checked={each.mode === mode}
            onChange={() => onMode(each.mode)}
          />
          <span className="font-medium whitespace-nowrap">{each.label}</span>
          <span className="ml-auto text-right text-xs text-muted-foreground">{each.hint}</span>
        </label>
      ))}
    </fieldset>
  );
}
