'use client';

import { Download, Settings2 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { NativeSelect } from '@/components/ui/input';
import { Menu, MenuItem } from '@/components/ui/menu';
import { Popover } from '@/components/ui/popover';
import { isNumeric, type ResultColumn, type ResultRow } from '../result-grid/cells';
import { type Aggregate, aggregates, canBePie, type ChartChoice, type ChartType, chartTypes } from './chart-choice';

interface ChartControlsProps {
  choice: ChartChoice;
  columns: readonly ResultColumn[];
  rows: readonly ResultRow[];
  onChange: (choice: ChartChoice) => void;
}

/** What is drawn, and from which columns. */
export function ChartControls({ choice, columns, rows, onChange }: ChartControlsProps) {
  const change = (part: Partial<ChartChoice>) => onChange({ ...choice, ...part });
  return (
    <div className="flex items-center gap-1.5">
      <NativeSelect
        aria-label="Type of chart"
        className="h-7 w-auto text-[13px]"
        value={choice.type}
        onChange={({ target }) => change({ type: target.value as ChartType })}
      >
        {chartTypes.map((type) => (
          <option key={type} value={type} disabled={type === 'pie' && !canBePie(choice, rows)}>
            {type[0]!.toUpperCase() + type.slice(1)}
          </option>
        ))}
      </NativeSelect>
      <Popover
        label="Columns of the chart"
        align="end"
        className="flex w-72 flex-col gap-3"
        trigger={
          <Button size="small">
            <Settings2 /> Columns
          </Button>
        }
      >
        <ColumnFields choice={choice} columns={columns} change={change} />
      </Popover>
    </div>
  );
}

function ColumnFields({
  choice,
  columns,
  change,
}: {
  choice: ChartChoice;
  columns: readonly ResultColumn[];
  change: (part: Partial<ChartChoice>) => void;
}) {
  const all = columns.map(({ name }, index) => ({ name, index }));
  const numeric = all.filter(({ index }) => isNumeric(columns[index]!.type));
  return (
    <>
      <Field label={choice.type === 'pie' ? 'Slices' : 'Across (x)'}>
        <ColumnSelect
          options={choice.type === 'scatter' ? numeric : all}
          value={choice.x}
          onChange={(x) => change({ x: x ?? choice.x })}
        />
      </Field>
      <Field label={choice.type === 'pie' ? 'Size' : 'Up (y)'}>
        <ColumnSelect options={numeric} value={choice.y[0]} onChange={(y) => change({ y: [y ?? choice.y[0]!] })} />
      </Field>
      {choice.type !== 'pie' && (
        <Field label="One for each">
          <ColumnSelect
            options={all}
            value={choice.series}
            none="Nothing"
            onChange={(series) => change({ series, y: choice.y.slice(0, 1) })}
          />
        </Field>
      )}
      {choice.type !== 'scatter' && (
        <Field
          label="Rows that share their place"
          hint="Counted over the rows that are drawn. Exact totals come from GROUP BY."
        >
          <NativeSelect
            value={choice.aggregate}
            onChange={({ target }) => change({ aggregate: target.value as Aggregate })}
          >
            {aggregates.map((each) => (
              <option key={each} value={each}>
                {each === 'none' ? 'Show the last' : each[0]!.toUpperCase() + each.slice(1)}
              </option>
            ))}
          </NativeSelect>
        </Field>
      )}
    </>
  );
}

/** `Field` gives it its id and note. */
function ColumnSelect({
  options,
  value,
  none,
  onChange,
  ...rest
}: {
  options: readonly { name: string; index: number }[];
  value: number | undefined;
  none?: string;
  onChange: (index: number | undefined) => void;
  id?: string;
}) {
  return (
    <NativeSelect
      {...rest}
      value={value ?? ''}
      onChange={({ target }) => onChange(target.value === '' ? undefined : Number(target.value))}
    >
      {none && <option value="">{none}</option>}
      {options.map(({ name, index }) => (
        <option key={index} value={index}>
          {name}
        </option>
      ))}
    </NativeSelect>
  );
}

/** The chart as a picture. */
export function SaveChart({ onPng, onSvg }: { onPng: () => void; onSvg: () => void }) {
  return (
    <Menu
      trigger={
        <Button size="icon-small" variant="ghost" aria-label="Save the chart" title="Save the chart">
          <Download />
        </Button>
      }
    >
      <MenuItem onSelect={onPng}>PNG picture</MenuItem>
      <MenuItem onSelect={onSvg}>SVG drawing</MenuItem>
    </Menu>
  );
}
