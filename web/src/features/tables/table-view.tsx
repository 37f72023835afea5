'use client';

import { useQuery } from '@tanstack/react-query';
import { Database, FileStack, SquareTerminal } from 'lucide-react';
import Link from 'next/link';
import { Page } from '@/components/shell/page';
import { Button } from '@/components/ui/button';
import { EditableText } from '@/components/ui/editable-text';
import { EmptyState } from '@/components/ui/empty-state';
import { ProblemNote } from '@/components/ui/problem-note';
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import { Time } from '@/components/ui/time';
import { api, ask, type Schemas } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { formatBytes, formatCount } from '@/lib/format';
import { paths } from '@/lib/paths';
import { useSearchParameter } from '@/lib/use-search-parameter';
import { useMay } from '@/lib/use-session';
import { AskAboutTable } from './ask-about-table';
import { ColumnList } from './column-list';
import { SampleRows } from './sample-rows';
import { selectAll } from '@/lib/sql-names';
import { useDescribe } from './use-describe';

/** One table: what it holds, how its columns look, some of its rows, and the ways to go on from it. */
export function TableView() {
  const [name] = useSearchParameter('name');
  const [tab, setTab] = useSearchParameter('tab');
  const table = useQuery({
    queryKey: ['tables', 'one', name],
    queryFn: () => ask(api.GET('/api/v1/tables/{table}', { params: { path: { table: name } } })),
    enabled: name !== '',
  });
  if (name === '' || (table.isError && asProblem(table.error).status === 404)) return <NoSuchTable name={name} />;
  if (table.isError) {
    return (
      <Page title={name}>
        <ProblemNote error={table.error} onRetry={() => void table.refetch()} />
      </Page>
    );
  }
  if (!table.data) return <Loading name={name} />;
  return (
    <Page
      title={<span className="font-mono text-[0.9em]">{table.data.table}</span>}
      description={<Facts table={table.data} />}
      actions={<Actions table={table.data} />}
    >
      <Description table={table.data} />
      <AskAboutTable table={table.data} />
      <Tabs value={tab || 'columns'} onValueChange={(next) => setTab(next === 'columns' ? '' : next)}>
        <TabsList>
          <TabsTrigger value="columns">Columns</TabsTrigger>
          <TabsTrigger value="rows">Sample rows</TabsTrigger>
        </TabsList>
        <TabsContent value="columns" className="pt-4">
          <ColumnList table={table.data} />
        </TabsContent>
        <TabsContent value="rows" className="pt-4">
          <SampleRows table={table.data} />
        </TabsContent>
      </Tabs>
    </Page>
  );
}

function Facts({ table }: { table: Schemas['Table'] }) {
  return (
    <>
      {formatCount(table.rows, 'row')} · {formatCount(table.columns.length, 'column')} · {formatBytes(table.bytes)} ·
      version {table.version} · updated <Time at={table.updated_at} />
    </>
  );
}

function Actions({ table }: { table: Schemas['Table'] }) {
  return (
    <>
      <Button asChild>
        <Link href={paths.dataset(table.table)} prefetch={false}>
          <FileStack /> Data set
        </Link>
      </Button>
      <Button asChild variant="primary">
        <Link href={paths.sql({ sql: selectAll(table.table, 100) })} prefetch={false}>
          <SquareTerminal /> Query this table
        </Link>
      </Button>
    </>
  );
}

function Description({ table }: { table: Schemas['Table'] }) {
  const describe = useDescribe(table);
  return (
    <EditableText
      className="-mt-3 text-sm"
      value={table.description ?? ''}
      label={`the description of ${table.table}`}
      placeholder="Describe this table: what a row stands for, where it comes from. It helps people and answers."
      maxLength={2000}
      editable={useMay('tables:write')}
      onSave={(text) => describe({ description: text || null })}
    />
  );
}

function NoSuchTable({ name }: { name: string }) {
  return (
    <Page title="Table not found">
      <EmptyState
        icon={Database}
        title={name ? `There is no table called ${name} in this workspace` : 'No table is named in the address'}
        actions={
          <Button asChild>
            <Link href={paths.tables()}>Show every table</Link>
          </Button>
        }
      >
        It may have been deleted, or belong to another of your workspaces.
      </EmptyState>
    </Page>
  );
}

function Loading({ name }: { name: string }) {
  return (
    <Page
      title={<span className="font-mono text-[0.9em]">{name}</span>}
      description={<Skeleton className="mt-1 h-4 w-72" />}
    >
      <SkeletonRows rows={6} className="[&>div]:h-16" />
    </Page>
  );
}
