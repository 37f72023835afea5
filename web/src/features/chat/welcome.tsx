'use client';

import { useQuery } from '@tanstack/react-query';
import { FileSpreadsheet, MessagesSquare } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { api, ask } from '@/lib/api/client';
import { paths } from '@/lib/paths';
import { questionsAbout } from '@/lib/starter-questions';
import { useMay } from '@/lib/use-session';

/** Before the first question: what can be asked of the tables that there are, or how to get some. */
export function Welcome({ onAsk }: { onAsk: (question: string) => void }) {
  const mayRead = useMay('tables:read');
  const tables = useQuery({
    queryKey: ['tables', 'starters'],
    queryFn: () => ask(api.GET('/api/v1/tables', { params: { query: { limit: 8 } } })),
    enabled: mayRead,
    staleTime: 60_000,
  });
  if (tables.data?.items.length === 0) return <NoTables />;
  const questions = tables.data && questionsAbout(tables.data.items);
  return (
    <div className="flex flex-col items-center gap-6 text-center">
      <div>
        <h2 className="text-2xl font-semibold tracking-tight">What would you like to know?</h2>
        <p className="mt-1 text-sm text-muted-foreground">
          Every answer shows its SQL, its rows and where they come from.
        </p>
      </div>
      <ul aria-label="Questions to begin with" className="grid w-full gap-2 text-left sm:grid-cols-2">
        {questions
          ? questions.map((question) => (
              <li key={question}>
                <button
                  type="button"
                  onClick={() => onAsk(question)}
                  className="h-full min-h-14 w-full rounded-xl border bg-surface px-4 py-3 text-left text-sm transition-colors hover:bg-muted"
                >
                  {question}
                </button>
              </li>
            ))
          : mayRead &&
            !tables.error &&
            Array.from({ length: 4 }, (_, index) => (
              <li key={index}>
                <Skeleton className="h-14 w-full" />
              </li>
            ))}
      </ul>
    </div>
  );
}

function NoTables() {
  return (
    <EmptyState
      icon={MessagesSquare}
      title="There is nothing to ask about yet"
      actions={
        <Button asChild variant="primary">
          <Link href={paths.files()} prefetch={false}>
            <FileSpreadsheet /> Bring a file
          </Link>
        </Button>
      }
    >
      Bring a CSV file and publish it as a table; then ask about it in your own words.
    </EmptyState>
  );
}
