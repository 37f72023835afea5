'use client';

import { useQuery } from '@tanstack/react-query';
import { TypeBadge } from '@/components/type-badge';
import { DataTable } from '@/components/ui/data-table';
import { ProblemNote } from '@/components/ui/problem-note';
import { SkeletonRows } from '@/components/ui/skeleton';
import { api, ask, type Schemas } from '@/lib/api/client';
import { selectAll } from '@/lib/sql-names';

/** A look at the first rows, fetched when it is asked for; a version never changes, so once is enough. */
export function SampleRows({ table }: { table: Schemas['Table'] }) {
  const sample = useQuery({
    queryKey: ['tables', 'sample', table.table, table.version],
    queryFn: () => ask(api.POST('/api/v1/queries', { body: { sql: selectAll(table.table, 20), wait_ms: 20_000 } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (sample.isPending) return <SkeletonRows rows={8} />;
  if (sample.isError) return <ProblemNote error={sample.error} onRetry={() => void sample.refetch()} />;
  const { columns, error } = sample.data;
  const rows = 'rows' in sample.data ? (sample.data.rows as unknown[][]) : [];
  if (error) return <ProblemNote error={new Error(error.message)} onRetry={() => void sample.refetch()} />;
  return (
    <DataTable
      label={`Sample rows of ${table.table}`}
      columns={columns.map(({ name, type }, index) => ({
        header: (
          <span className="flex flex-col">
            <span className="font-mono text-foreground">{name}</span>
            <TypeBadge type={type} />
          </span>
        ),
        cell: (row: { cells: readonly unknown[] }) => <Cell value={row.cells[index]} />,
        numeric: type === 'bigint' || type === 'double' || type.startsWith('decimal'),
        className: 'max-w-80 whitespace-nowrap',
      }))}
      rows={rows.map((cells, number) => ({ cells, number }))}
      rowKey={({ number }) => String(number)}
    />
  );
}

function Cell({ value }: { value: unknown }) {
  if (value === null || value === undefined) return <span className="text-xs text-muted-foreground">NULL</span>;
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return (
    <span className="block truncate" title={text}>
      {text === '' ? <em className="text-muted-foreground">empty text</em> : text}
    </span>
  );
}
