import { TypeBadge } from '@/components/type-badge';
import { DataTable } from '@/components/ui/data-table';
import type { Schemas } from '@/lib/api/client';

/** The columns as they are stored, with the reason for each type. */
export function ColumnsList({ columns }: { columns: readonly Schemas['StoredColumn'][] }) {
  return (
    <DataTable
      label="Columns"
      rows={columns}
      rowKey={({ name }) => name}
      columns={[
        {
          header: 'Name',
          className: 'max-w-72 min-w-32',
          cell: ({ name }) => <code className="font-mono text-[13px] break-all">{name}</code>,
        },
        { header: 'Type', className: 'whitespace-nowrap', cell: ({ type }) => <TypeBadge type={type} /> },
        { header: 'May be NULL', cell: ({ nullable }) => (nullable ? 'yes' : 'no') },
        {
          header: 'Why this type',
          className: 'min-w-60 text-muted-foreground',
          cell: ({ evidence, format }) => (format ? `${evidence}, written as ${format}` : evidence),
        },
      ]}
    />
  );
}
