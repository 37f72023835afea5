'use client';

import { Input, NativeSelect } from '@/components/ui/input';
import { Checkbox } from '@/components/ui/switch';
import { type Parameter, type ParameterType, parameterTypes, readValue } from '../named-parameters';

/** What the parameters of a statement are: their types, what they are when nothing is given, and whether they may be missing. */
export function ParameterTable({
  parameters,
  onChange,
}: {
  parameters: readonly Parameter[];
  onChange: (parameters: Parameter[]) => void;
}) {
  if (parameters.length === 0) {
    return (
      <p className="text-[13px] text-muted-foreground">
        Write <code className="font-mono">:name</code> in the statement where a value should be asked for.
      </p>
    );
  }
  const change = (name: string, part: Partial<Parameter>) =>
    onChange(parameters.map((each) => (each.name === name ? { ...each, ...part } : each)));
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-sm font-medium">Parameters</legend>
      {parameters.map((parameter) => (
        <ParameterRow key={parameter.name} parameter={parameter} onChange={(part) => change(parameter.name, part)} />
      ))}
    </fieldset>
  );
}

function ParameterRow({
  parameter: { name, type, default: preset, required },
  onChange,
}: {
  parameter: Parameter;
  onChange: (part: Partial<Parameter>) => void;
}) {
  return (
    <div className="grid grid-cols-2 items-center gap-2 text-sm sm:grid-cols-[minmax(0,1fr)_8rem_minmax(0,1fr)_6.5rem]">
      <code className="truncate font-mono text-[13px]">:{name}</code>
      <NativeSelect
        aria-label={`Type of ${name}`}
        value={type}
        onChange={({ target }) => onChange({ type: target.value as ParameterType, default: undefined })}
      >
        {parameterTypes.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </NativeSelect>
      <Input
        key={type}
        aria-label={`Default of ${name}`}
        placeholder="no default"
        defaultValue={preset === undefined || preset === null ? '' : String(preset)}
        onChange={({ target }) => onChange({ default: defaultOf(name, type, target.value) })}
      />
      <label htmlFor={`required-${name}`} className="flex items-center gap-2 text-[13px]">
        <Checkbox
          id={`required-${name}`}
          checked={required ?? false}
          onCheckedChange={(checked) => onChange({ required: checked === true })}
        />
        required
      </label>
    </div>
  );
}

/** What is not of the type stays a text, so that the service says what it should be. */
function defaultOf(name: string, type: ParameterType, text: string): Parameter['default'] {
  if (text === '') return undefined;
  const read = readValue({ name, type }, text);
  return 'value' in read ? read.value : text;
}
