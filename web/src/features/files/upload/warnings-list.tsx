'use client';

import { CornerDownRight, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/lib/format';
import type { Pointed } from './preview-grid';
import type { Preview } from './use-reading';

const shownAtFirst = 3;

/** What is odd about the file. An entry that names a line leads to it. */
export function WarningsList({
  preview: { warnings, lines, misfits },
  onPoint,
}: {
  preview: Preview;
  onPoint: (place: Pointed) => void;
}) {
  const [all, setAll] = useState(false);
  if (warnings.length === 0) return null;
  const last = lines.at(-1) ?? 0;
  return (
    <section aria-label="Warnings" className="rounded-xl border border-warning/30 bg-warning-soft px-3 py-2 text-sm">
      <ul className="flex max-h-60 flex-col gap-1 overflow-y-auto">
        {warnings.slice(0, all ? undefined : shownAtFirst).map(({ code, detail, line }, index) => (
          <li key={index} className="flex items-start gap-2">
            <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warning" aria-hidden />
            <span className="min-w-0 flex-1 break-words">{detail}</span>
            {line !== undefined && line <= last && lines.includes(line) && (
              <Button
                size="small"
                variant="ghost"
                className="h-6 shrink-0"
                onClick={() =>
                  onPoint({
                    line,
                    column:
                      code === 'misfit_value' ? misfits.find(({ row }) => lines[row] === line)?.column : undefined,
                  })
                }
              >
                <CornerDownRight /> Line {line}
              </Button>
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
