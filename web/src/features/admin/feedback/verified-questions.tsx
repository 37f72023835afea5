'use client';

import { useQueryClient } from '@tanstack/react-query';
import { BadgeCheck, SquareTerminal, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { toast } from 'sonner';
import { Page } from '@/components/shell/page';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Confirm } from '@/components/ui/confirm';
import { EmptyState } from '@/components/ui/empty-state';
import { Listing } from '@/components/ui/listing';
import { Time } from '@/components/ui/time';
import { api, ask, type Schemas } from '@/lib/api/client';
import { paths } from '@/lib/paths';
import { usePages } from '@/lib/use-pages';
import { useMay } from '@/lib/use-session';
import { CodeBlock } from '@/components/ui/details';
import { useNameOf } from '@/lib/use-members';

type Verified = Schemas['VerifiedQuestion'];

/** Questions whose SQL somebody has vouched for. */
export function VerifiedQuestions() {
  const list = usePages(['verified-questions'], (cursor) =>
    ask(api.GET('/api/v1/verified-questions', { params: { query: { cursor } } })),
  );
  return (
    <Page
      title="Verified questions"
      description="Whoever asks one of them is answered with its SQL, and told who verified it."
    >
      <Listing
        list={list}
        empty={
          <EmptyState icon={BadgeCheck} title="No question is verified yet">
            Save a good answer as verified, in a chat or under Feedback, and it is given again to whoever asks the same.
          </EmptyState>
        }
      >
        {(questions) => (
          <ul className="flex flex-col gap-4">
            {questions.map((each) => (
              <li key={each.verified_id}>
                <Question verified={each} />
              </li>
            ))}
          </ul>
        )}
      </Listing>
    </Page>
  );
}

function Question({ verified }: { verified: Verified }) {
  const nameOf = useNameOf();
  return (
    <Card className="flex flex-col gap-3">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0 flex-1">
          <h2 className="font-medium break-words">{verified.question}</h2>
          <p className="text-[13px] text-muted-foreground">
            {nameOf(verified.user_id)}, <Time at={verified.created_at} />
          </p>
        </div>
        <div className="flex gap-1">
          <Button asChild variant="ghost" size="icon-small">
            <Link prefetch={false} href={paths.sql({ sql: verified.sql })} aria-label="Open in SQL" title="Open in SQL">
              <SquareTerminal />
            </Link>
          </Button>
          <Delete verified={verified} />
        </div>
      </div>
      <CodeBlock label={`SQL of ${verified.question}`}>{verified.sql}</CodeBlock>
    </Card>
  );
}

function Delete({ verified }: { verified: Verified }) {
  const client = useQueryClient();
  if (!useMay('saved_queries:write')) return null;
  const remove = async () => {
    const params = { path: { verified_id: verified.verified_id } };
    await ask(api.DELETE('/api/v1/verified-questions/{verified_id}', { params }));
    await client.invalidateQueries({ queryKey: ['verified-questions'] });
    toast.success('The question is answered as any other again');
  };
  return (
    <Confirm
      title="Delete this verified question?"
      description={`“${verified.question}” is then answered as any other question.`}
      action="Delete"
      trigger={
        <Button variant="ghost" size="icon-small" aria-label={`Delete ${verified.question}`} title="Delete">
          <Trash2 />
        </Button>
      }
      onConfirm={remove}
    />
  );
}
