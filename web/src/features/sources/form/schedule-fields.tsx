'use client';

import { useState } from 'react';
import { ChoiceList, Tick } from '@/components/ui/choice';
import { Field } from '@/components/ui/field';
import { Input, NativeSelect } from '@/components/ui/input';
import type { ApiProblem } from '@/lib/api/problem';
import { useMembers } from '@/lib/use-members';
import { useMe } from '@/lib/use-session';
import { kinds, type Source } from '@/components/sources/kinds';
import { commonSchedules, scheduleInWords } from '../schedule-words';
import { canHaveTables, type ChangeDraft, type SourceDraft } from './source-draft';

interface Fields {
  draft: SourceDraft;
  onChange: ChangeDraft;
  problem?: ApiProblem;
}

/** How it is called, when it is read, and who may read what it brings. */
export function ScheduleFields({ draft, onChange, problem }: Fields) {
  return (
    <>
      <Field label="Name" hint="How people tell it from others." error={problem?.field('/name')}>
        <Input
          required
          maxLength={100}
          placeholder={`Shop on ${kinds[draft.kind].label}`}
          value={draft.name}
          onChange={({ target }) => onChange({ name: target.value })}
        />
      </Field>
      <When draft={draft} onChange={onChange} problem={problem} />
      <Readers draft={draft} onChange={onChange} problem={problem} />
      {draft.kind !== 'slack' && (
        <Tick
          label={draft.kind === 'gitlab' ? 'Make a table of issues and merge requests' : 'Make a table of issues'}
          hint={
            canHaveTables(draft)
              ? 'A data set that every sync brings up to date, so that they can be counted by SQL and in chat.'
              : 'Only where everybody may read the source, since everybody may query data sets. One that is there already is deleted.'
          }
          disabled={!canHaveTables(draft)}
          checked={draft.tables && canHaveTables(draft)}
          onChange={(tables) => onChange({ tables })}
        />
      )}
    </>
  );
}

const custom = 'custom';

function When({ draft: { schedule }, onChange, problem }: Fields) {
  const [isCustom, setCustom] = useState(() => commonSchedules.every(({ cron }) => cron !== schedule));
  const words = scheduleInWords(schedule);
  return (
    <div className="flex flex-col gap-3">
      <Field label="Read what is new" hint={schedule && !isCustom ? `${schedule} as a cron expression` : undefined}>
        <NativeSelect
          value={isCustom ? custom : schedule}
          onChange={({ target }) => {
            setCustom(target.value === custom);
            if (target.value !== custom) onChange({ schedule: target.value });
          }}
        >
          {commonSchedules.map(({ cron, label }) => (
            <option key={cron} value={cron}>
              {label}
            </option>
          ))}
          <option value={custom}>By a cron expression</option>
        </NativeSelect>
      </Field>
      {isCustom && (
        <Field
          label="Cron expression"
          hint={words ? `That is ${words}.` : 'Minute, hour, day, month, day of the week, in UTC: 0 7-19 * * 1-5'}
          error={problem?.field('/schedule')}
        >
          <Input
            required
            className="font-mono text-[13px]"
            value={schedule}
            onChange={({ target }) => onChange({ schedule: target.value })}
          />
        </Field>
      )}
    </div>
  );
}

const visibilities: readonly { value: Source['visibility']; label: string; hint: string }[] = [
  { value: 'workspace', label: 'Everybody in the workspace', hint: 'Whose role reads documents.' },
  { value: 'members', label: 'Some members', hint: 'And whoever has connected it.' },
  {
    value: 'private',
    label: 'Only whoever has connected it',
    hint: 'Nobody else finds its documents, not in chat either.',
  },
];

function Readers({ draft: { visibility, memberIds }, onChange }: Fields) {
  const members = useMembers();
  const { data: me } = useMe();
  return (
    <div className="flex flex-col gap-3">
      <ChoiceList
        label="Who may read what it brings"
        name="visibility"
        value={visibility}
        onChange={(next) => onChange({ visibility: next })}
        options={visibilities}
      />
      {visibility === 'members' && (
        <fieldset className="scrollbar-thin flex max-h-56 flex-col gap-2 overflow-y-auto rounded-lg border bg-surface p-3">
          <legend className="sr-only">Members who may read it</legend>
          {members
            .filter(({ user_id: id }) => id !== me?.id)
            .map(({ user_id: id, full_name: name, email }) => (
              <Tick
                key={id}
                label={name}
                hint={email}
                checked={memberIds.includes(id)}
                onChange={(checked) =>
                  onChange({ memberIds: checked ? [...memberIds, id] : memberIds.filter((each) => each !== id) })
                }
              />
            ))}
          {members.length <= 1 && <p className="text-sm text-muted-foreground">Nobody else is in the workspace yet.</p>}
        </fieldset>
      )}
    </div>
  );
}
