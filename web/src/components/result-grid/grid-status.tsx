import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { formatCount, formatNumber } from '@/lib/format';
import { cellCount, type GridRange } from './selection';

/** Under the grid: how many rows there are, what is not shown, and what can be done with the selection. */
export function GridStatus({
  rowCount,
  shownRows,
  truncated,
  sorted,
  range,
  onCopy,
  children,
}: {
  rowCount: number;
  shownRows: number;
  truncated: boolean;
  sorted: boolean;
  range: GridRange | undefined;
  onCopy: (withHeader: boolean) => void;
  children?: ReactNode;
}) {
  const cells = range ? cellCount(range) : 0;
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 border-t px-3 py-1 text-xs text-muted-foreground">
      <span className="tabular-nums">{formatCount(rowCount, 'row')}</span>
      {truncated && (
        <span className="text-warning">There were more; the result was cut at {formatNumber(rowCount)} rows.</span>
      )}
      {shownRows < rowCount && (
        <span className="text-warning">
          {sorted
            ? `Only the first ${formatNumber(shownRows)} rows are sorted and shown. Write ORDER BY to sort all.`
            : `The first ${formatNumber(shownRows)} are shown. Download the result for all.`}
        </span>
      )}
      {range && cells > 1 && (
        <span className="tabular-nums">
          {formatNumber(range.bottom - range.top + 1)} × {formatNumber(range.right - range.left + 1)} cells selected
        </span>
      )}
      <span className="ml-auto flex items-center gap-1">
        {cells > 0 && (
          <>
            <Button variant="ghost" size="small" className="h-6 px-1.5 text-xs" onClick={() => onCopy(false)}>
              <Copy /> Copy
            </Button>
            <Button variant="ghost" size="small" className="h-6 px-1.5 text-xs" onClick={() => onCopy(true)}>
              Copy with names
            </Button>
          </>
        )}
        {children}
      </span>
    </div>
  );
}
