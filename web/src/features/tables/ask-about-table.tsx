'use client';

import { MessageSquare } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import type { Schemas } from '@/lib/api/client';
import { paths } from '@/lib/paths';
import { useMay } from '@/lib/use-session';
import { starterQuestions } from '@/lib/starter-questions';

/** Questions that can be asked of the table with one click. */
export function AskAboutTable({ table }: { table: Schemas['Table'] }) {
  if (!useMay('chat:use')) return null;
  return (
    <section aria-label="Ask about this table" className="flex flex-wrap items-center gap-2">
      <span className="inline-flex items-center gap-1.5 text-sm text-muted-foreground">
        <MessageSquare className="size-4" aria-hidden /> Ask about this table
      </span>
      {starterQuestions(table.table, table.columns).map((question) => (
        <Button
          key={question}
          asChild
          size="small"
          className="h-auto min-h-7 rounded-full py-1 text-left font-normal whitespace-normal"
        >
          <Link href={paths.chat({ question })} prefetch={false}>
            {question}
          </Link>
        </Button>
      ))}
    </section>
  );
}
