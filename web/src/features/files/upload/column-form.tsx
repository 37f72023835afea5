'use client';

import { useId, useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input, NativeSelect, Textarea } from '@/components/ui/input';
import { ProblemNote } from '@/components/ui/problem-note';
import { Checkbox } from '@/components/ui/switch';
import { type ApiProblem, asProblem } from '@/lib/api/problem';
import { chosenType, columnTypes, formatsFor, typeOf } from './column-types';
import { type Column, isEdited } from './contract-edits';
import type { ContractColumn } from './use-reading';

/** The fields of one column. What the service refuses stands beside the field that it is about. */
export function ColumnForm({
  index,
  column,
  suggested,
  mayChange,
  onSave,
}: {
  index: number;
  column: ContractColumn;
  suggested: Column | undefined;
  mayChange: boolean;
  onSave: (column: ContractColumn) => Promise<unknown>;
}) {
  const [form, setForm] = useState(() => formOf(column));
  const [problem, setProblem] = useState<ApiProblem>();
  const [busy, setBusy] = useState(false);
  const dropId = useId();
  const listId = useId();
  const formats = formatsFor(form.type.base);
  const wrong = (field: string) => problem?.field(`/columns/${index}/${field}`);
  // Of two columns with one name, the service tells the latter.
  const clash = problem?.fields.find(({ pointer }) => nameOfAnother.test(pointer));
  const elsewhere = problem?.fields.filter(
    ({ pointer }) =>
      !nameOfAnother.test(pointer) && !ownFields.some((field) => pointer === `/columns/${index}/${field}`),
  );
  const save = async (wanted: ContractColumn) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await onSave(wanted);
      toast.success(wanted.drop ? `${wanted.name} is left out` : `${wanted.name} is read as ${wanted.type}`);
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void save(columnOf(column, form));
      }}
    >
      <fieldset disabled={!mayChange} className="flex flex-col gap-4">
        <legend className="sr-only">How the column is stored</legend>
        <Field
          label="Name"
          hint="By which SQL and chat know it."
          error={wrong('name') ?? (clash && 'Another column has this name. Take another one.')}
        >
          <Input
            required
            maxLength={200}
            spellCheck={false}
            autoComplete="off"
            className="font-mono"
            value={form.name}
            onChange={(event) => setForm({ ...form, name: event.target.value })}
          />
        </Field>
        <Field
          label="Type"
          error={wrong('type')}
          hint="A type that you set is kept: rows that do not fit are put aside."
        >
          <NativeSelect
            value={form.type.base}
            onChange={(event) => setForm({ ...form, type: { ...form.type, base: event.target.value }, format: '' })}
          >
            {columnTypes.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </NativeSelect>
        </Field>
        {form.type.base === 'decimal' && (
          <div className="flex gap-3">
            <Field label="Digits in all">
              <Input
                type="number"
                min={1}
                max={38}
                required
                value={form.type.precision}
                onChange={(event) => setForm({ ...form, type: { ...form.type, precision: event.target.value } })}
              />
            </Field>
            <Field label="After the decimal mark">
              <Input
                type="number"
                min={0}
                max={38}
                required
                value={form.type.scale}
                onChange={(event) => setForm({ ...form, type: { ...form.type, scale: event.target.value } })}
              />
            </Field>
          </div>
        )}
        {formats && (
          <Field label="Format" hint={formats.hint} error={wrong('format')}>
            <Input
              list={listId}
              spellCheck={false}
              autoComplete="off"
              maxLength={100}
              className="font-mono"
              value={form.format}
              onChange={(event) => setForm({ ...form, format: event.target.value })}
            />
          </Field>
        )}
        <datalist id={listId}>
          {formats?.usual.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </datalist>
        <Field label="Read as NULL" hint="Texts besides the empty field, one a line." error={wrong('null_values')}>
          <Textarea
            rows={2}
            spellCheck={false}
            className="min-h-14 font-mono"
            value={form.nulls}
            onChange={(event) => setForm({ ...form, nulls: event.target.value })}
          />
        </Field>
        <div className="flex items-center gap-2">
          <Checkbox
            id={dropId}
            checked={form.drop}
            onCheckedChange={(drop) => setForm({ ...form, drop: drop === true })}
          />
          <label htmlFor={dropId} className="text-sm">
            Leave this column out
          </label>
        </div>
      </fieldset>
      {problem && (problem.fields.length === 0 || (elsewhere && elsewhere.length > 0)) && (
        <ProblemNote error={problem} />
      )}
      {mayChange && (
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" busy={busy}>
            Apply
          </Button>
          {suggested && isEdited(column, suggested) && (
            <Button disabled={busy} onClick={() => void save(suggestedAs(column, suggested))}>
              As the file suggests
            </Button>
          )}
        </div>
      )}
    </form>
  );
}

const nameOfAnother = /^\/columns\/\d+\/name$/;
const ownFields = ['name', 'type', 'format', 'null_values'];

function formOf({ name, type, format, null_values: nullValues, drop }: ContractColumn) {
  return {
    name,
    type: chosenType(type),
    format: format ?? '',
    nulls: (nullValues ?? []).join('\n'),
    drop: drop === true,
  };
}

function columnOf({ source_name: source }: ContractColumn, form: ReturnType<typeof formOf>): ContractColumn {
  const nullValues = form.nulls.split('\n').filter((text) => text !== '');
  return {
    source_name: source,
    name: form.name.trim(),
    type: typeOf(form.type),
    ...(form.format === '' || !formatsFor(form.type.base) ? {} : { format: form.format }),
    ...(nullValues.length === 0 ? {} : { null_values: nullValues }),
    ...(form.drop ? { drop: true } : {}),
  };
}

function suggestedAs(
  { source_name: source }: ContractColumn,
  { name, type, format, null_values: nullValues }: Column,
): ContractColumn {
  return {
    source_name: source,
    name,
    type,
    ...(format === undefined ? {} : { format }),
    ...(nullValues === undefined ? {} : { null_values: [...nullValues] }),
  };
}
