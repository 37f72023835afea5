'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { DialogActions } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, NativeSelect } from '@/components/ui/input';
import { ProblemNote } from '@/components/ui/problem-note';
import { useForm } from '@/lib/use-form';
import { type Parameter, readValue } from '../named-parameters';
import { ageLabel, ages } from './feeds';

/** A feed's name, how new its data is, and which of its parameters are the same for every reader. */
export function FeedForm({
  name,
  maxAge,
  parameters,
  fixed,
  action,
  note,
  onSubmit,
  onCancel,
}: {
  name: string;
  maxAge: number;
  parameters: readonly Parameter[];
  /** Values that are fixed so far. */
  fixed?: Readonly<Record<string, unknown>>;
  action: string;
  note?: string;
  onSubmit: (name: string, maxAge: number, fixed: Record<string, unknown>) => Promise<unknown>;
  onCancel: () => void;
}) {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(Object.entries(fixed ?? {}).map(([key, value]) => [key, String(value)])),
  );
  const form = useForm({ name, maxAge: String(maxAge) }, (values) =>
    onSubmit(values.name.trim(), Number(values.maxAge), valuesOf(parameters, typed)),
  );
  const isUsual = ages.some(({ seconds }) => seconds === maxAge);
  return (
    <form className="flex flex-col gap-4" onSubmit={form.onSubmit}>
      <Field label="Name" hint={note} error={form.errorOf('name')}>
        <Input required maxLength={200} autoFocus {...form.bind('name')} />
      </Field>
      <Field label="Made anew" hint="Readers in between get the stored result at once.">
        <NativeSelect {...form.bind('maxAge')}>
          {!isUsual && <option value={maxAge}>{ageLabel(maxAge)}</option>}
          {ages.map(({ label, seconds }) => (
            <option key={seconds} value={seconds}>
              {label}
            </option>
          ))}
        </NativeSelect>
      </Field>
      {parameters.length > 0 && (
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 text-sm font-medium">Values for every reader</legend>
          <p className="text-[13px] text-muted-foreground">
            What is left empty, readers add to the address: ?name=value.
          </p>
          {parameters.map(({ name: parameter, type }) => (
            <label key={parameter} className="grid grid-cols-[10rem_minmax(0,1fr)] items-center gap-2 text-sm">
              <code className="truncate font-mono text-[13px]">:{parameter}</code>
              <Input
                placeholder={type}
                value={typed[parameter] ?? ''}
                onChange={({ target }) => setTyped({ ...typed, [parameter]: target.value })}
              />
            </label>
          ))}
        </fieldset>
      )}
      {form.problem && <ProblemNote error={form.problem} />}
      <DialogActions>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" busy={form.busy} disabled={!form.values.name.trim()}>
          {action}
        </Button>
      </DialogActions>
    </form>
  );
}

/** What is not of its type stays a text, so that the service says what it should be. */
function valuesOf(parameters: readonly Parameter[], typed: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(
    parameters.flatMap(({ name, type }) => {
      const text = typed[name] ?? '';
      if (text === '') return [];
      const read = readValue({ name, type }, text);
      return [[name, 'value' in read ? read.value : text]];
    }),
  );
}
