'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Tick } from '@/components/ui/choice';
import { Input } from '@/components/ui/input';
import { SearchField } from '@/components/ui/search-field';
import type { Schemas } from '@/lib/api/client';
import type { ApiProblem } from '@/lib/api/problem';
import { containerKey, kinds } from '@/components/sources/kinds';
import type { ChangeDraft, SourceDraft } from './source-draft';

/** Longer lists can be narrowed. */
const manyAre = 8;

/** The channels or projects that were found, and those that somebody names. */
export function ContainerPicker({
  draft,
  onChange,
  report,
  problem,
}: {
  draft: SourceDraft;
  onChange: ChangeDraft;
  report?: Schemas['ConnectionTest'];
  problem?: ApiProblem;
}) {
  const [search, setSearch] = useState('');
  const [another, setAnother] = useState('');
  const { container, containers, containerExample } = kinds[draft.kind];
  const found = new Map((report?.containers ?? []).map(({ name }) => [containerKey(draft.kind, name), name]));
  for (const key of draft.containers) if (!found.has(key)) found.set(key, key);
  const shown = [...found].filter(([, name]) => name.toLowerCase().includes(search.toLowerCase()));
  const pick = (key: string, isPicked: boolean) =>
    onChange({ containers: isPicked ? [...draft.containers, key] : draft.containers.filter((each) => each !== key) });
  const add = () => {
    const key = another.trim();
    if (key !== '' && !draft.containers.includes(key)) pick(key, true);
    setAnother('');
  };
  const faults = problem?.fields.filter(({ pointer }) => /^\/config\/(projects|channels)/.test(pointer)) ?? [];
  return (
    <div className="flex flex-col gap-3 rounded-lg border bg-surface p-3">
      {found.size > manyAre && <SearchField label={`Narrow ${containers}`} value={search} onChange={setSearch} />}
      {found.size > 0 && (
        <fieldset className="scrollbar-thin flex max-h-64 flex-col gap-2 overflow-y-auto">
          <legend className="sr-only">{containers}</legend>
          {shown.map(([key, name]) => (
            <Tick
              key={key}
              label={name}
              checked={draft.containers.includes(key)}
              onChange={(checked) => pick(key, checked)}
            />
          ))}
        </fieldset>
      )}
      <div className="flex gap-2">
        <Input
          aria-label={`Another ${container}`}
          placeholder={`Another: ${containerExample}`}
          value={another}
          onChange={({ target }) => setAnother(target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
        <Button onClick={add} disabled={another.trim() === ''}>
          <Plus /> Add
        </Button>
      </div>
      {faults.map(({ pointer, detail }) => (
        <p key={pointer} role="alert" className="text-[13px] text-danger">
          {draft.containers[Number(pointer.split('/').at(-1))] ?? containers} {detail}.
        </p>
      ))}
    </div>
  );
}
