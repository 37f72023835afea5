'use client';

import { Button } from '@/components/ui/button';
import { DialogActions } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, NativeSelect, Textarea } from '@/components/ui/input';
import { ProblemNote } from '@/components/ui/problem-note';
import type { Schemas } from '@/lib/api/client';
import { useForm } from '@/lib/use-form';
import { headersFault, objectFault, type ToolTexts } from './tool-form';

const code = 'font-mono text-[13px]';

/** The fields of an HTTP tool. Texts that are no JSON are told while they are typed. */
export function ToolFields({
  initial,
  existing,
  onSubmit,
}: {
  initial: ToolTexts;
  existing?: Schemas['HttpTool'];
  onSubmit: (texts: ToolTexts) => Promise<void>;
}) {
  const form = useForm(initial, onSubmit);
  const { values } = form;
  const faults = {
    input_schema: objectFault(values.input_schema),
    headers: headersFault(values.headers),
    body: values.method === 'POST' && values.body.trim() !== '' ? objectFault(values.body) : undefined,
  };
  return (
    <form className="flex flex-col gap-4" onSubmit={form.onSubmit}>
      <Field label="Name" hint="How models call it. It cannot be changed later." error={form.errorOf('name')}>
        <Input required maxLength={64} disabled={existing !== undefined} className={code} {...form.bind('name')} />
      </Field>
      <Field
        label="Description"
        hint="What it does and when to use it, for the model."
        error={form.errorOf('description')}
      >
        <Textarea required maxLength={4000} className="min-h-16" {...form.bind('description')} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-[7rem_minmax(0,1fr)]">
        <Field label="Method">
          <NativeSelect {...form.bind('method')}>
            <option>GET</option>
            <option>POST</option>
          </NativeSelect>
        </Field>
        <Field label="Address" hint="{city} is replaced by that field of the input." error={form.errorOf('url')}>
          <Input required className={code} placeholder="https://weather.example.com/v1/{city}" {...form.bind('url')} />
        </Field>
      </div>
      <Field
        label="Input"
        hint="A JSON Schema of type object."
        error={faults.input_schema ?? form.errorOf('input_schema')}
      >
        <Textarea required rows={8} spellCheck={false} className={code} {...form.bind('input_schema')} />
      </Field>
      {values.method === 'POST' && (
        <Field
          label="Body"
          hint="JSON with {city} in its texts; empty: the whole input."
          error={faults.body ?? form.errorOf('body')}
        >
          <Textarea rows={4} spellCheck={false} className={code} {...form.bind('body')} />
        </Field>
      )}
      <Field
        label="Headers"
        hint="One in a line; {{secret}} becomes the secret."
        error={faults.headers ?? form.errorOf('headers')}
      >
        <Textarea
          spellCheck={false}
          className={`${code} min-h-16`}
          placeholder="authorization: Bearer {{secret}}"
          {...form.bind('headers')}
        />
      </Field>
      <Field label="Secret" hint={secretHint(existing)} error={form.errorOf('secret')}>
        <Input type="password" autoComplete="off" {...form.bind('secret')} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Time limit (ms)" error={form.errorOf('timeout_ms')}>
          <Input type="number" min={1} required {...form.bind('timeout_ms')} />
        </Field>
        <Field label="Answer limit (bytes)" error={form.errorOf('response_limit_bytes')}>
          <Input type="number" min={1} required {...form.bind('response_limit_bytes')} />
        </Field>
      </div>
      {form.problem && <ProblemNote error={form.problem} />}
      <DialogActions>
        <Button
          type="submit"
          variant="primary"
          busy={form.busy}
          disabled={Object.values(faults).some((fault) => fault !== undefined)}
        >
          {existing ? 'Save' : 'Register tool'}
        </Button>
      </DialogActions>
    </form>
  );
}

function secretHint(existing: Schemas['HttpTool'] | undefined): string {
  if (existing?.has_secret) return 'One is stored. Type another to replace it; empty keeps it.';
  return 'Stored encrypted, and never shown again.';
}
