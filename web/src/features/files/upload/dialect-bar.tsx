'use client';

import { Info, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Input, NativeSelect } from '@/components/ui/input';
import { Tooltip } from '@/components/ui/tooltip';
import { cn } from '@/lib/cn';
import {
  type Dialect,
  type DialectChange,
  delimiterName,
  type DialectPart,
  partsSetByHand,
  usualDelimiters,
  usualEncodings,
} from './dialect-parts';
import type { Preview } from './use-reading';

/** How the file's bytes become rows. A change is applied at once, and the rows below follow. */
export function DialectBar({
  dialect,
  detected,
  disabled,
  busy,
  onChange,
}: {
  dialect: Dialect;
  detected: Preview | undefined;
  disabled: boolean;
  busy: boolean;
  onChange: (change: DialectChange | 'detected') => void;
}) {
  const byHand = partsSetByHand(dialect, detected?.dialect);
  const part = (name: DialectPart) => ({
    isByHand: name in byHand,
    evidence: detected?.dialect_evidence[name],
  });
  return (
    <fieldset
      disabled={disabled}
      aria-busy={busy}
      className="grid grid-cols-2 items-end gap-x-3 gap-y-2.5 sm:grid-cols-3 2xl:grid-cols-6"
    >
      <legend className="sr-only">How the file is read</legend>
      <Part label="Encoding" {...part('encoding')}>
        <Options
          label="Encoding"
          value={dialect.encoding}
          values={usualEncodings}
          onChange={(encoding) => onChange({ encoding })}
        />
      </Part>
      <Part label="Delimiter" {...part('delimiter')}>
        <Options
          label="Delimiter"
          value={dialect.delimiter}
          values={usualDelimiters}
          nameOf={delimiterName}
          onChange={(delimiter) => onChange({ delimiter })}
        />
      </Part>
      <Part label="Quote" {...part('quote')}>
        <Options
          label="Quote"
          value={dialect.quote}
          values={['"', "'", '']}
          nameOf={(quote) => ({ '"': 'Double "', "'": "Single '", '': 'None' })[quote] ?? quote}
          onChange={(quote) => onChange({ quote })}
        />
      </Part>
      <Part label="First row" {...part('header')}>
        <Options
          label="First row"
          value={String(dialect.header)}
          values={['true', 'false']}
          nameOf={(header) => (header === 'true' ? 'Column names' : 'Data')}
          onChange={(header) => onChange({ header: header === 'true' })}
        />
      </Part>
      <Part label="Decimal mark" {...part('decimal')}>
        <Options
          label="Decimal mark"
          value={dialect.decimal}
          values={['.', ',']}
          nameOf={(decimal) => (decimal === '.' ? 'Point 1.5' : 'Comma 1,5')}
          onChange={(decimal) => onChange({ decimal: decimal as Dialect['decimal'] })}
        />
      </Part>
      <Part label="Skip lines" {...part('skip_rows')}>
        <SkipRows label="Skip lines" value={dialect.skip_rows} onChange={(skip) => onChange({ skip_rows: skip })} />
      </Part>
      {Object.keys(byHand).length > 0 && !disabled && (
        <Button size="small" variant="ghost" className="justify-self-start" onClick={() => onChange('detected')}>
          <RotateCcw /> As detected
        </Button>
      )}
    </fieldset>
  );
}

function Part({
  label,
  isByHand,
  evidence,
  children,
}: {
  label: string;
  isByHand: boolean;
  evidence: string | undefined;
  children: ReactNode;
}) {
  const reason = isByHand ? `Changed. The file by itself suggests otherwise: ${evidence}.` : `Detected: ${evidence}.`;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex items-center gap-1 text-xs text-muted-foreground">
        <span aria-hidden>{label}</span>
        {evidence !== undefined && (
          <Tooltip content={reason}>
            <button
              type="button"
              aria-label={`${label}: ${reason}`}
              className={cn('rounded', isByHand && 'font-medium text-accent')}
            >
              {isByHand ? 'changed' : <Info className="size-3.5" aria-hidden />}
            </button>
          </Tooltip>
        )}
      </div>
      {children}
    </div>
  );
}

function Options({
  label,
  value,
  values,
  nameOf = asItIs,
  onChange,
}: {
  label: string;
  value: string;
  values: readonly string[];
  nameOf?: (value: string) => string;
  onChange: (value: string) => void;
}) {
  const all = values.includes(value) ? values : [value, ...values];
  return (
    <NativeSelect
      aria-label={label}
      className="h-8 px-2 pr-1 text-[13px]"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {all.map((each) => (
        <option key={each} value={each}>
          {nameOf(each)}
        </option>
      ))}
    </NativeSelect>
  );
}

/** Applied when the field is left, so that typing 12 does not read the file with 1 first. */
function SkipRows({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }) {
  const commit = (input: HTMLInputElement) => {
    const wanted = Number(input.value);
    if (!input.checkValidity() || !Number.isInteger(wanted)) input.value = String(value);
    else if (wanted !== value) onChange(wanted);
  };
  return (
    <Input
      key={value}
      type="number"
      min={0}
      max={1000}
      required
      aria-label={label}
      defaultValue={value}
      className="h-8 px-2 text-[13px]"
      onBlur={(event) => commit(event.currentTarget)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit(event.currentTarget);
      }}
    />
  );
}

function asItIs(value: string): string {
  return value;
}
