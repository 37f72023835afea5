'use client';

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import { SearchField } from '@/components/ui/search-field';
import type { Schemas } from '@/lib/api/client';
import { useMay } from '@/lib/use-session';
import { ColumnCard } from './column-card';
import { useDescribe } from './use-describe';

/** Up to here all columns are drawn at once, and the browser's own search finds every one of them. */
const MOST_DRAWN = 80;

/** Every column with its profile; of very wide tables only those in sight are drawn. */
export function ColumnList({ table }: { table: Schemas['Table'] }) {
  const [filter, setFilter] = useState('');
  const editable = useMay('tables:write');
  const describe = useDescribe(table);
  const wanted = filter.trim().toLowerCase();
  const columns = table.columns.filter(
    ({ name, type, description }) =>
      !wanted || [name, type, description ?? ''].some((text) => text.toLowerCase().includes(wanted)),
  );
  const card = (column: Schemas['TableColumn']) => (
    <ColumnCard
      column={column}
      rows={table.rows}
      editable={editable}
      onDescribe={(text) => describe({ columns: { [column.name]: text || null } })}
    />
  );
  return (
    <div className="flex flex-col gap-3">
      {table.columns.length > 8 && (
        <SearchField value={filter} onChange={setFilter} label="Filter columns by name or type" className="max-w-sm" />
      )}
      {columns.length === 0 && (
        <p className="text-sm text-muted-foreground">No column has “{filter}” in its name, type or description.</p>
      )}
      {columns.length > 0 && columns.length <= MOST_DRAWN && (
        <ul className="divide-y rounded-xl border bg-surface">
          {columns.map((column) => (
            <li key={column.name}>{card(column)}</li>
          ))}
        </ul>
      )}
      {columns.length > MOST_DRAWN && <VirtualColumns columns={columns} card={card} />}
    </div>
  );
}

function VirtualColumns({
  columns,
  card,
}: {
  columns: readonly Schemas['TableColumn'][];
  card: (column: Schemas['TableColumn']) => React.ReactNode;
}) {
  const list = useRef<HTMLUListElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => setOffset(list.current?.offsetTop ?? 0), []);
  const virtual = useWindowVirtualizer({
    count: columns.length,
    estimateSize: () => 92,
    overscan: 8,
    scrollMargin: offset,
  });
  return (
    <ul ref={list} className="relative rounded-xl border bg-surface" style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map(({ index, key, start }) => (
        <li
          key={key}
          data-index={index}
          ref={virtual.measureElement}
          className="absolute inset-x-0 top-0 border-b"
          style={{ transform: `translateY(${start - offset}px)` }}
          aria-posinset={index + 1}
          aria-setsize={columns.length}
        >
          {card(columns[index]!)}
        </li>
      ))}
    </ul>
  );
}
