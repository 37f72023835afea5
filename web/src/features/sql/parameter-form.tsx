'use client';

import { Input, NativeSelect } from '@/components/ui/input';
import { type Parameter, type ParameterType, parameterTypes } from './named-parameters';

const inputTypes: Partial<Record<ParameterType, string>> = { date: 'date', timestamp: 'datetime-local' };

/** Values for the `:parameters` of a statement, each typed as its type wants it. */
export function ParameterForm({
  parameters,
  values,
  faults,
  onType,
  onValue,
  onRun,
}: {
  parameters: readonly Parameter[];
  values: Readonly<Record<string, string>>;
  faults: Readonly<Record<string, string>>;
  onType: (name: string, type: ParameterType) => void;
  onValue: (name: string, value: string) => void;
  onRun: () => void;
}) {
  return (
    <form
      aria-label="Parameters"
      className="flex flex-wrap items-start gap-x-4 gap-y-2 border-t bg-surface px-3 py-2"
      onSubmit={(event) => {
        event.preventDefault();
        onRun();
      }}
    >
      {parameters.map((parameter) => (
        <div key={parameter.name} className="flex flex-col gap-1">
          <div className="flex items-center gap-2">
            <label htmlFor={`parameter-${parameter.name}`} className="font-mono text-[13px]">
              :{parameter.name}
            </label>
            <NativeSelect
              aria-label={`Type of ${parameter.name}`}
              className="h-6 w-auto border-transparent bg-transparent py-0 pr-5 pl-1 text-xs text-muted-foreground shadow-none"
              value={parameter.type}
              onChange={({ target }) => onType(parameter.name, target.value as ParameterType)}
            >
              {parameterTypes.map((type) => (
                <option key={type}>{type}</option>
              ))}
            </NativeSelect>
          </div>
          <ParameterInput
            parameter={parameter}
            value={values[parameter.name] ?? ''}
            fault={faults[parameter.name]}
            onValue={(value) => onValue(parameter.name, value)}
          />
        </div>
      ))}
      {/* Without one, Enter would not submit several fields. */}
      <button type="submit" hidden>
        Run
      </button>
    </form>
  );
}

function ParameterInput({
  parameter: { name, type, default: preset, required },
  value,
  fault,
  onValue,
}: {
  parameter: Parameter;
  value: string;
  fault: string | undefined;
  onValue: (value: string) => void;
}) {
  const id = `parameter-${name}`;
  const common = {
    id,
    'aria-invalid': fault ? true : undefined,
    'aria-describedby': fault ? `${id}-fault` : undefined,
  };
  const hint = preset === undefined || preset === null ? (required ? 'required' : 'NULL') : String(preset);
  return (
    <>
      {type === 'boolean' ? (
        <NativeSelect {...common} className="h-8 w-28" value={value} onChange={({ target }) => onValue(target.value)}>
          <option value="">{hint}</option>
          <option>true</option>
          <option>false</option>
        </NativeSelect>
      ) : (
        <Input
          {...common}
          className="h-8 w-44"
          type={inputTypes[type] ?? 'text'}
          step={type === 'timestamp' ? 1 : undefined}
          inputMode={type === 'integer' ? 'numeric' : type === 'number' ? 'decimal' : undefined}
          placeholder={hint}
          value={value}
          onChange={({ target }) => onValue(target.value)}
        />
      )}
      {fault && (
        <p id={`${id}-fault`} role="alert" className="text-xs text-danger">
          {fault}
        </p>
      )}
    </>
  );
}
