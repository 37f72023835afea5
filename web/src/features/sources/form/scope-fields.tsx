'use client';

import { ChoiceList, Tick } from '@/components/ui/choice';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { Schemas } from '@/lib/api/client';
import type { ApiProblem } from '@/lib/api/problem';
import { kinds } from '@/components/sources/kinds';
import { ContainerPicker } from './container-picker';
import type { ChangeDraft, SourceDraft } from './source-draft';

/** What of the platform is read. */
export function ScopeFields({
  draft,
  onChange,
  problem,
  report,
}: {
  draft: SourceDraft;
  onChange: ChangeDraft;
  problem?: ApiProblem;
  /** Of the connection test: what there is to choose from. */
  report?: Schemas['ConnectionTest'];
}) {
  const { containers, parts, note } = kinds[draft.kind];
  const isSlack = draft.kind === 'slack';
  return (
    <>
      <ChoiceList
        label={`Which ${containers}`}
        name="scope"
        value={draft.isPicked ? 'picked' : 'all'}
        onChange={(value) => onChange({ isPicked: value === 'picked' })}
        options={[
          {
            value: 'all',
            label: isSlack ? 'Every public channel that the app is in' : 'Every project that the account takes part in',
            hint: 'New ones are read by themselves.',
          },
          { value: 'picked', label: 'Only these', hint: `Choose the ${containers} one by one.` },
        ]}
      />
      {draft.isPicked && <ContainerPicker draft={draft} onChange={onChange} report={report} problem={problem} />}
      {parts.length > 0 && (
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1.5 text-sm font-medium">What of them</legend>
          {parts.map(({ value, label }) => (
            <Tick
              key={value}
              label={label}
              checked={draft.parts.includes(value)}
              onChange={(checked) =>
                onChange({
                  parts: parts
                    .map((part) => part.value)
                    .filter((part) => (part === value ? checked : draft.parts.includes(part))),
                })
              }
            />
          ))}
          {draft.kind === 'gitlab' && draft.parts.includes('issues') && (
            <Tick
              label="Confidential issues, too"
              hint="Whoever may read this source then reads them, whatever GitLab says."
              checked={draft.confidential}
              onChange={(confidential) => onChange({ confidential })}
            />
          )}
        </fieldset>
      )}
      {isSlack && (
        <>
          <Tick
            label="Private channels that the app is in, too"
            hint="The token then needs groups:read and groups:history. Whoever may read this source reads them."
            checked={draft.privateChannels}
            onChange={(privateChannels) => onChange({ privateChannels })}
          />
          <Tick
            label="The text of shared files"
            hint="The token then needs files:read."
            checked={draft.files}
            onChange={(files) => onChange({ files })}
          />
          <Field
            label="Days to look back"
            hint="How far back syncs look for replies and edits, beside what webhooks tell of."
            error={problem?.field('/config/look_back_days')}
            className="max-w-56"
          >
            <Input
              type="number"
              min={0}
              max={365}
              required
              value={draft.lookBack}
              onChange={({ target }) => onChange({ lookBack: target.value })}
            />
          </Field>
        </>
      )}
      {note && <p className="text-[13px] text-muted-foreground">{note}</p>}
    </>
  );
}
