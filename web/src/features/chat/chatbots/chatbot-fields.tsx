'use client';

import { useId, useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input, NativeSelect, Textarea } from '@/components/ui/input';
import { Switch } from '@/components/ui/switch';
import type { ApiProblem } from '@/lib/api/problem';
import type { ChatbotForm, Provider } from './chatbot-form';
import { providerNames } from './model-names';
import { NamesField } from './names-field';

/** All that makes a chatbot what it is. What the service refuses is said beside its field. */
export function ChatbotFields({
  form,
  onChange,
  tools,
  tables,
  problem,
}: {
  form: ChatbotForm;
  onChange: (form: ChatbotForm) => void;
  tools: readonly { readonly name: string; readonly description?: string }[];
  tables: readonly { readonly name: string; readonly description?: string }[];
  problem: ApiProblem | undefined;
}) {
  const set = (change: Partial<ChatbotForm>) => onChange({ ...form, ...change });
  const allTablesId = useId();
  // What is unticked while everything is allowed comes back when the switch is turned again.
  const [chosenTables, setChosenTables] = useState<readonly string[]>(form.tables ?? []);
  return (
    <div className="flex flex-col gap-5">
      <Field label="Name" error={problem?.field('/name')}>
        <Input value={form.name} onChange={(event) => set({ name: event.target.value })} required maxLength={100} />
      </Field>
      <Field label="Description" hint="Helps people choose it." error={problem?.field('/description')}>
        <Input
          value={form.description}
          onChange={(event) => set({ description: event.target.value })}
          maxLength={2000}
        />
      </Field>
      <Field
        label="Instructions"
        hint="What a language model is told before every conversation: what words mean, how to count, whom it speaks to."
        error={problem?.field('/system_prompt')}
      >
        <Textarea
          value={form.system_prompt}
          onChange={(event) => set({ system_prompt: event.target.value })}
          maxLength={20_000}
          rows={6}
          placeholder="Amounts are in euros. A year begins in October."
        />
      </Field>
      <ModelFields form={form} set={set} problem={problem} />
      <NamesField
        legend="Tools"
        hint="What a language model may use to find an answer."
        names={tools}
        chosen={form.tools}
        onChange={(chosen) => set({ tools: chosen })}
      />
      <div className="flex flex-col gap-3">
        <div className="flex items-center gap-2 text-sm font-medium">
          <Switch
            id={allTablesId}
            checked={form.tables === null}
            onCheckedChange={(all) => {
              if (form.tables) setChosenTables(form.tables);
              set({ tables: all ? null : chosenTables });
            }}
          />
          <label htmlFor={allTablesId}>May read every table that its user may read</label>
        </div>
        {form.tables && (
          <NamesField
            legend="Tables"
            hint="It sees these, and only as far as its user may read them."
            names={tables}
            chosen={form.tables}
            onChange={(chosen) => set({ tables: chosen })}
          />
        )}
      </div>
    </div>
  );
}

function ModelFields({
  form,
  set,
  problem,
}: {
  form: ChatbotForm;
  set: (change: Partial<ChatbotForm>) => void;
  problem: ApiProblem | undefined;
}) {
  const hasParameters = form.provider !== 'builtin';
  const text = (field: 'model_id' | 'temperature' | 'top_p' | 'max_tokens') => ({
    value: form[field],
    onChange: (event: { target: { value: string } }) => set({ [field]: event.target.value }),
  });
  return (
    <fieldset className="flex flex-col gap-4">
      <legend className="sr-only">Model</legend>
      <Field label="Model" error={problem?.field('/model/provider')}>
        <NativeSelect
          value={form.provider}
          onChange={(event) => set({ provider: event.target.value as Provider | '' })}
        >
          <option value="">What the service is set up with</option>
          {Object.entries(providerNames).map(([provider, name]) => (
            <option key={provider} value={provider}>
              {name}
            </option>
          ))}
        </NativeSelect>
      </Field>
      {hasParameters && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Model id" hint="Empty: the service’s own." error={problem?.field('/model/model_id')}>
            <Input {...text('model_id')} maxLength={200} placeholder="qwen3:8b" spellCheck={false} />
          </Field>
          <Field label="Longest answer" hint="In tokens." error={problem?.field('/model/max_tokens')}>
            <Input {...text('max_tokens')} inputMode="numeric" placeholder="4000" />
          </Field>
          <Field label="Temperature" hint="0 to 2; low is steady." error={problem?.field('/model/temperature')}>
            <Input {...text('temperature')} inputMode="decimal" placeholder="0.2" />
          </Field>
          <Field label="Top p" hint="0 to 1." error={problem?.field('/model/top_p')}>
            <Input {...text('top_p')} inputMode="decimal" placeholder="0.9" />
          </Field>
        </div>
      )}
    </fieldset>
  );
}
