'use client';

import Link from 'next/link';
import { BadgeCheck, SquareTerminal } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Sheet } from '@/components/ui/sheet';
import type { Schemas } from '@/lib/api/client';
import { formatDateTime } from '@/lib/format';
import { paths } from '@/lib/paths';
import { useMay, useMe } from '@/lib/use-session';
import { CodeBlock, Detail, Details } from '@/components/ui/details';
import { useNameOf } from '@/lib/use-members';
import { RatingIcon } from './rating-icon';
import { VerifyDialog } from './verify-dialog';

type Given = Schemas['Feedback'];

/** The question, the answer, what was run for it, and what would have been right. */
export function FeedbackSheet({ feedback, onClose }: { feedback: Given | undefined; onClose: () => void }) {
  return (
    <Sheet
      title={feedback?.rating === 'up' ? 'A good answer' : 'A bad answer'}
      open={feedback !== undefined}
      onOpenChange={onClose}
    >
      {feedback && <Contents feedback={feedback} />}
    </Sheet>
  );
}

function Contents({ feedback }: { feedback: Given }) {
  const nameOf = useNameOf();
  const [isVerifying, setVerifying] = useState(false);
  const sql = feedback.corrected_sql ?? feedback.sql;
  const { data: me } = useMe();
  // The service lets people vouch for answers that they got themselves.
  const mayVerify = useMay('saved_queries:write') && feedback.user_id === me?.id;
  return (
    <>
      <Details>
        <Detail term="Rating">
          <RatingIcon rating={feedback.rating} />
        </Detail>
        <Detail term="Who">{nameOf(feedback.user_id)}</Detail>
        <Detail term="When">{formatDateTime(feedback.created_at)}</Detail>
        <Detail term="Reason">{feedback.reason}</Detail>
        <Detail term="Comment">{feedback.comment}</Detail>
        <Detail term="Tables">{feedback.tables.join(', ')}</Detail>
      </Details>
      <Part title="Question">
        <p className="text-sm whitespace-pre-wrap">{feedback.question}</p>
      </Part>
      <Part title="Answer">
        <p className="text-sm break-words whitespace-pre-wrap">{feedback.answer}</p>
      </Part>
      {feedback.sql !== null && (
        <Part title="SQL that was run">
          <CodeBlock label="SQL that was run">{feedback.sql}</CodeBlock>
        </Part>
      )}
      {feedback.corrected_sql !== null && (
        <Part title="Corrected SQL">
          <CodeBlock label="Corrected SQL">{feedback.corrected_sql}</CodeBlock>
        </Part>
      )}
      {sql !== null && (
        <div className="flex flex-wrap gap-2">
          {mayVerify && (
            <Button variant="primary" onClick={() => setVerifying(true)}>
              <BadgeCheck /> Save as verified
            </Button>
          )}
          <Button asChild>
            <Link prefetch={false} href={paths.sql({ sql })}>
              <SquareTerminal /> Open in SQL
            </Link>
          </Button>
          <VerifyDialog feedback={feedback} sql={sql} open={isVerifying} onOpenChange={setVerifying} />
        </div>
      )}
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="text-sm font-medium text-muted-foreground">{title}</h3>
      {children}
    </section>
  );
}
