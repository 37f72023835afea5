'use client';

import { useId, useState } from 'react';
import { SearchField } from '@/components/ui/search-field';
import { Checkbox } from '@/components/ui/switch';
import { Badge } from '@/components/ui/badge';
import { toggled } from './chatbot-form';

/** Beyond this a list needs a search. */
const fewNames = 8;

/** Some of the names that there are; those that are chosen and not there any more can be taken away. */
export function NamesField({
  legend,
  hint,
  names,
  chosen,
  onChange,
}: {
  legend: string;
  hint: string;
  names: readonly { readonly name: string; readonly description?: string }[];
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}) {
  const id = useId();
  const [search, setSearch] = useState('');
  const known = new Set(names.map(({ name }) => name));
  const all = [
    ...chosen.filter((name) => !known.has(name)).map((name) => ({ name, description: undefined })),
    ...names,
  ];
  const shown = all.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="text-sm font-medium">{legend}</legend>
      <p className="text-[13px] text-muted-foreground">{hint}</p>
      {all.length > fewNames && (
        <SearchField value={search} onChange={setSearch} label={`Search ${legend.toLowerCase()}`} />
      )}
      <ul className="scrollbar-thin max-h-64 divide-y overflow-y-auto rounded-lg border bg-surface">
        {shown.map(({ name, description }) => (
          <li key={name} className="flex items-start gap-2.5 px-3 py-2">
            <Checkbox
              id={`${id}-${name}`}
              className="mt-0.5"
              checked={chosen.includes(name)}
              onCheckedChange={() => onChange(toggled(chosen, name))}
            />
            <label htmlFor={`${id}-${name}`} className="min-w-0 flex-1 text-sm">
              <span className="flex items-center gap-2">
                <code className="truncate font-mono text-[13px]">{name}</code>
                {!known.has(name) && <Badge tone="warning">not there any more</Badge>}
              </span>
              {description && <span className="line-clamp-1 text-xs text-muted-foreground">{description}</span>}
            </label>
          </li>
        ))}
        {shown.length === 0 && <li className="px-3 py-2 text-sm text-muted-foreground">None of that name.</li>}
      </ul>
    </fieldset>
  );
}
