'use client';

import { CornerDownRight, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/lib/format';
import type { Pointed } from './preview-grid';
import type { ContractColumn, Preview } from './use-reading';

const shownAtFirst = 3;

/** What is odd about the file. An entry leads to the line or the column that it is about. */
export function WarningsList({
  preview: { warnings, lines },
  columns,
  onPoint,
  onColumn,
}: {
  preview: Preview;
  columns: readonly ContractColumn[];
  onPoint: (place: Pointed) => void;
  onColumn: (column: number) => void;
}) {
  const [all, setAll] = useState(false);
  if (warnings.length === 0) return null;
  return (
    <section aria-label="Warnings" className="rounded-xl border border-warning/30 bg-warning-soft px-3 py-2 text-sm">
      <ul className="flex max-h-60 flex-col gap-1 overflow-y-auto">
        {warnings.slice(0, all ? undefined : shownAtFirst).map(({ detail, line, field }, index) => (
          <li key={index} className="flex items-start gap-2">
            <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warning" aria-hidden />
            <span className="min-w-0 flex-1 break-words">{detail}</span>
            {line !== undefined && lines.includes(line) ? (
              <Lead label={`Line ${line}`} onClick={() => onPoint({ line, column: field })} />
            ) : (
              field !== undefined &&
              columns[field] && <Lead label={columns[field].name} onClick={() => onColumn(field)} />
            )}
          </li>
        ))}
      </ul>
      {warnings.length > shownAtFirst && (
        <Button size="small" variant="link" className="mt-1 h-6 px-0" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? 'Show fewer' : `Show all ${formatCount(warnings.length, 'warning')}`}
        </Button>
      )}
    </section>
  );
}

function Lead({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button size="small" variant="ghost" className="h-6 max-w-40 shrink-0" onClick={onClick}>
      <CornerDownRight /> <span className="truncate">{label}</span>
    </Button>
  );
}
