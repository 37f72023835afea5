import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';

export interface DataColumn<Row> {
  readonly header: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  readonly className?: string;
  /** Numbers stand right, so that their digits align. */
  readonly numeric?: boolean;
}

/** A short list with columns: files, members, jobs. Results of queries have a grid of their own. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  rowKey,
}: {
  label: string;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}) {
  return (
    // Scrolls sideways on a phone, and can therefore take focus; texts for screen readers scroll with it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div
      className="scrollbar-thin relative overflow-x-auto rounded-xl border bg-surface"
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <table className="w-full text-left text-sm">
        <thead className="border-b text-xs text-muted-foreground">
          <tr>
            {columns.map(({ header, className, numeric }, index) => (
              <th
                key={index}
                scope="col"
                className={cn('px-4 py-2.5 font-medium whitespace-nowrap', numeric && 'text-right', className)}
              >
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y">
          {rows.map((row) => (
            <tr key={rowKey(row)} className="hover:bg-muted/50">
              {columns.map(({ cell, className, numeric }, index) => (
                <td
                  key={index}
                  className={cn('px-4 py-2.5 align-middle', numeric && 'text-right tabular-nums', className)}
                >
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
