'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Sheet } from '@/components/ui/sheet';
import { formatNumber } from '@/lib/format';
import { ColumnForm } from './column-form';
import { cellText } from './grid-layout';
import type { Contract, Preview, Reading } from './use-reading';

/** One column's name, type and reading, with what speaks for it; leads on to the columns beside it. */
export function ColumnEditor({
  index,
  contract,
  preview,
  reading,
  mayChange,
  onIndex,
}: {
  /** Undefined while no column is edited. */
  index: number | undefined;
  contract: Contract;
  preview: Preview;
  reading: Reading;
  mayChange: boolean;
  onIndex: (index: number | undefined) => void;
}) {
  const column = index === undefined ? undefined : contract.columns[index];
  const count = contract.columns.length;
  return (
    <Sheet
      title={<span className="break-all">{column?.name ?? 'Column'}</span>}
      open={column !== undefined}
      onOpenChange={(open) => !open && onIndex(undefined)}
      className="w-[min(26rem,100vw)]"
    >
      {column && index !== undefined && (
        <>
          <div className="-mt-2 flex items-center justify-between text-sm text-muted-foreground">
            <span>
              Column {formatNumber(index + 1)} of {formatNumber(count)}
            </span>
            <span className="flex">
              <Button
                variant="ghost"
                size="icon-small"
                aria-label="Column before"
                disabled={index === 0}
                onClick={() => onIndex(index - 1)}
              >
                <ChevronLeft />
              </Button>
              <Button
                variant="ghost"
                size="icon-small"
                aria-label="Next column"
                disabled={index + 1 >= count}
                onClick={() => onIndex(index + 1)}
              >
                <ChevronRight />
              </Button>
            </span>
          </div>
          <Evidence index={index} preview={preview} sourceName={column.source_name} />
          <ColumnForm
            key={`${index} ${reading.contract.data?.etag}`}
            index={index}
            column={column}
            suggested={reading.suggested.data?.columns[index]}
            mayChange={mayChange}
            onSave={(changed) =>
              reading.setColumns.mutateAsync(contract.columns.map((each, place) => (place === index ? changed : each)))
            }
          />
        </>
      )}
    </Sheet>
  );
}

function Evidence({ index, preview, sourceName }: { index: number; preview: Preview; sourceName: string }) {
  const shown = preview.columns[index];
  const samples = [...new Set(preview.rows.slice(0, 200).map((row) => cellText(row[index] ?? null)))].slice(0, 6);
  return (
    <dl className="flex flex-col gap-2 rounded-lg bg-muted p-3 text-[13px]">
      <div>
        <dt className="text-xs text-muted-foreground">In the file</dt>
        <dd className="break-words whitespace-pre-wrap">{sourceName.slice(0, 500)}</dd>
      </div>
      <div>
        <dt className="text-xs text-muted-foreground">Why {shown?.type}</dt>
        <dd className="break-words">{shown?.evidence}</dd>
      </div>
      {samples.length > 0 && (
        <div>
          <dt className="text-xs text-muted-foreground">Values</dt>
          <dd className="flex flex-wrap gap-1">
            {samples.map((sample) => (
              <code key={sample} className="max-w-full truncate rounded bg-surface px-1.5 font-mono text-xs">
                {sample.slice(0, 80)}
              </code>
            ))}
          </dd>
        </div>
      )}
    </dl>
  );
}
