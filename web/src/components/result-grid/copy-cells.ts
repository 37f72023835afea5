import { toast } from 'sonner';
import { asProblem } from '@/lib/api/problem';
import { formatNumber } from '@/lib/format';
import { tabSeparated } from './cells';
import type { ResultSource } from './result-source';
import type { GridRange } from './selection';

/** More than this belongs into a file. */
const mostCells = 1_000_000;

interface CopyRequest {
  readonly source: ResultSource;
  readonly range: GridRange;
  /** Positions in the source by positions in the grid, when sorted. */
  readonly order: Uint32Array | undefined;
  readonly withHeader: boolean;
}

/** The cells as text, or undefined when some of them are not here yet. */
export function textHere(request: CopyRequest): string | undefined {
  const { source, range, order } = request;
  if (tooMany(range)) return undefined;
  const rows = [];
  for (let index = range.top; index <= range.bottom; index += 1) {
    const row = source.row(order?.[index] ?? index);
    if (!row) return undefined;
    rows.push(row);
  }
  return textOf(request, rows);
}

/** Puts the cells on the clipboard, fetching what is not here yet. Says what happened. */
export async function copyCells(request: CopyRequest): Promise<void> {
  const { source, range, order } = request;
  if (tooMany(range)) {
    toast.error('That is too much to copy', {
      description: `At most ${formatNumber(mostCells)} cells. Download the result instead.`,
    });
    return;
  }
  try {
    const rows = order
      ? ordered(await source.read(0, order.length), order, range)
      : await source.read(range.top, range.bottom + 1);
    await navigator.clipboard.writeText(textOf(request, rows));
    toast.success(`Copied ${formatNumber(rows.length)} rows`);
  } catch (error) {
    toast.error('Nothing was copied', { description: asProblem(error).message });
  }
}

function ordered(rows: readonly (readonly unknown[])[], order: Uint32Array, { top, bottom }: GridRange) {
  return Array.from(order.subarray(top, bottom + 1), (index) => rows[index]!);
}

function textOf({ source, range: { left, right }, withHeader }: CopyRequest, rows: readonly (readonly unknown[])[]) {
  const names = source.columns.slice(left, right + 1).map(({ name }) => name);
  return tabSeparated(
    rows.map((row) => row.slice(left, right + 1)),
    withHeader ? names : undefined,
  );
}

function tooMany({ top, bottom, left, right }: GridRange): boolean {
  return (bottom - top + 1) * (right - left + 1) > mostCells;
}
