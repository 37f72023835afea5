'use client';

import { Bookmark, Database, History } from 'lucide-react';
import { useState } from 'react';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import type { Schemas } from '@/lib/api/client';
import { HistoryList } from './history-list';
import { SavedList } from './saved-list';
import { TableTree } from './table-tree';

export interface LibraryPort {
  insert(text: string): void;
  openSql(sql: string, title?: string): void;
  openQuery(query: Schemas['Query'], runAgain: boolean): void;
  openSaved(saved: Schemas['SavedQuery']): void;
}

/** What a statement can be made of: tables, saved queries, and those that ran before. */
export function Library({ port }: { port: LibraryPort }) {
  const [place, setPlace] = useState('tables');
  return (
    <Tabs value={place} onValueChange={setPlace} className="flex h-full min-h-0 flex-col">
      <TabsList aria-label="Library" className="shrink-0 px-1">
        <TabsTrigger value="tables" className="inline-flex items-center gap-1.5 px-2.5 text-[13px] [&_svg]:size-3.5">
          <Database aria-hidden /> Tables
        </TabsTrigger>
        <TabsTrigger value="saved" className="inline-flex items-center gap-1.5 px-2.5 text-[13px] [&_svg]:size-3.5">
          <Bookmark aria-hidden /> Saved
        </TabsTrigger>
        <TabsTrigger value="history" className="inline-flex items-center gap-1.5 px-2.5 text-[13px] [&_svg]:size-3.5">
          <History aria-hidden /> History
        </TabsTrigger>
      </TabsList>
      {(
        [
          ['tables', TableTree],
          ['saved', SavedList],
          ['history', HistoryList],
        ] as const
      ).map(([value, List]) => (
        <TabsContent key={value} value={value} className="flex min-h-0 flex-1 flex-col gap-2 p-2 outline-none">
          <List port={port} />
        </TabsContent>
      ))}
    </Tabs>
  );
}
