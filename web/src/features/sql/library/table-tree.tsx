'use client';

import { ChevronRight, ExternalLink, TextSelect } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { TypeBadge } from '@/components/type-badge';
import { Button } from '@/components/ui/button';
import { ProblemNote } from '@/components/ui/problem-note';
import { SearchField } from '@/components/ui/search-field';
import { SkeletonRows } from '@/components/ui/skeleton';
import type { Schemas } from '@/lib/api/client';
import { cn } from '@/lib/cn';
import { formatCompact } from '@/lib/format';
import { paths } from '@/lib/paths';
import { selectAll, sqlName } from '@/lib/sql-names';
import { useCatalog } from '../use-catalog';
import type { LibraryPort } from './library';

/** More would make the panel slow; a search narrows them. */
const mostShown = 200;

/** The workspace's tables; a click on a name writes it at the cursor. */
export function TableTree({ port }: { port: LibraryPort }) {
  const [search, setSearch] = useState('');
  const catalog = useCatalog();
  const wanted = search.trim().toLowerCase();
  const found = (catalog.data ?? []).filter(
    ({ table, columns }) =>
      table.toLowerCase().includes(wanted) || columns.some(({ name }) => name.toLowerCase().includes(wanted)),
  );
  return (
    <>
      <SearchField value={search} onChange={setSearch} label="Find a table or column" />
      <div className="scrollbar-thin min-h-0 flex-1 overflow-y-auto">
        {catalog.isPending && <SkeletonRows rows={8} className="[&>div]:h-7" />}
        {catalog.error && <ProblemNote error={catalog.error} onRetry={() => void catalog.refetch()} />}
        {catalog.data?.length === 0 && (
          <p className="p-2 text-[13px] text-muted-foreground">
            No tables yet.{' '}
            <Link href={paths.files()} prefetch={false} className="text-accent underline underline-offset-4">
              Bring a file
            </Link>{' '}
            to have something to query.
          </p>
        )}
        {catalog.data && catalog.data.length > 0 && found.length === 0 && (
          <p className="p-2 text-[13px] text-muted-foreground">No table or column is called so.</p>
        )}
        <ul>
          {found.slice(0, mostShown).map((table) => (
            <TableItem key={table.table} table={table} wanted={wanted} port={port} />
          ))}
        </ul>
        {found.length > mostShown && (
          <p className="p-2 text-[13px] text-muted-foreground">{found.length - mostShown} more; search to find them.</p>
        )}
      </div>
    </>
  );
}

function TableItem({ table, wanted, port }: { table: Schemas['Table']; wanted: string; port: LibraryPort }) {
  const [isOpen, setOpen] = useState(false);
  const matching = wanted === '' ? [] : table.columns.filter(({ name }) => name.toLowerCase().includes(wanted));
  const isSought = matching.length > 0 && !table.table.toLowerCase().includes(wanted);
  const columns = isOpen ? table.columns : isSought ? matching : [];
  return (
    <li>
      <div className="group flex items-center rounded-md hover:bg-muted">
        <button
          type="button"
          aria-expanded={columns.length > 0}
          aria-label={`Columns of ${table.table}`}
          onClick={() => setOpen(!isOpen)}
          className="shrink-0 p-1.5 text-muted-foreground focus-visible:-outline-offset-2"
        >
          <ChevronRight
            className={cn('size-3.5 transition-transform', columns.length > 0 && 'rotate-90')}
            aria-hidden
          />
        </button>
        <button
          type="button"
          title={`Write ${table.table} at the cursor`}
          onClick={() => port.insert(sqlName(table.table))}
          className="min-w-0 flex-1 truncate py-1 text-left font-mono text-[13px] focus-visible:-outline-offset-2"
        >
          {table.table}
        </button>
        <span className="pr-2 text-xs text-muted-foreground tabular-nums group-focus-within:hidden group-hover:hidden">
          {formatCompact(table.rows)}
        </span>
        <span className="hidden group-focus-within:flex group-hover:flex">
          <Button
            variant="ghost"
            size="icon-small"
            aria-label={`Query ${table.table} in a new tab`}
            title="Query it in a new tab"
            onClick={() => port.openSql(selectAll(table.table, 100))}
          >
            <TextSelect />
          </Button>
          <Button asChild variant="ghost" size="icon-small">
            <Link href={paths.table(table.table)} prefetch={false} aria-label={`About ${table.table}`} title="About it">
              <ExternalLink />
            </Link>
          </Button>
        </span>
      </div>
      {columns.length > 0 && (
        <ul className="mb-1 ml-3.5 border-l pl-2">
          {columns.map(({ name, type }) => (
            <li key={name}>
              <button
                type="button"
                title={`Write ${name} at the cursor`}
                onClick={() => port.insert(sqlName(name))}
                className="flex w-full items-center justify-between gap-2 rounded px-1.5 py-0.5 text-left hover:bg-muted focus-visible:-outline-offset-2"
              >
                <span className="min-w-0 truncate font-mono text-[13px]">{name}</span>
                <TypeBadge type={type} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
