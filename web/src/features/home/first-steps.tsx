'use client';

import { FileUp, MessageSquareText, Table2 } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { paths } from '@/lib/paths';
import { useMay } from '@/lib/use-session';

const steps = [
  {
    icon: FileUp,
    title: 'Bring a file',
    text: 'Drop a CSV or TSV file, also a compressed one. Nothing is changed in it.',
  },
  {
    icon: Table2,
    title: 'Look at it, and submit it',
    text: 'Check types and warnings, mend what was read wrongly, and make a table of it.',
  },
  {
    icon: MessageSquareText,
    title: 'Ask',
    text: 'In plain language or in SQL. Every number shows where it came from.',
  },
] as const;

/** What a new workspace shows: the way to the first answer. */
export function FirstSteps() {
  const mayUpload = useMay('uploads:write');
  return (
    <div className="flex flex-col gap-6">
      <ol className="grid gap-4 md:grid-cols-3">
        {steps.map(({ icon: Icon, title, text }, index) => (
          <li key={title} className="rounded-xl border bg-surface p-5">
            <Icon className="size-6 text-accent" strokeWidth={1.75} aria-hidden />
            <h2 className="mt-3 font-semibold">
              {index + 1}. {title}
            </h2>
            <p className="mt-1 text-sm text-muted-foreground">{text}</p>
          </li>
        ))}
      </ol>
      {mayUpload ? (
        <div className="flex flex-wrap gap-2">
          <Button asChild variant="primary" size="large">
            <Link href={paths.files()} prefetch={false}>
              Bring a file
            </Link>
          </Button>
          <Button asChild size="large">
            <Link href={paths.sampleFile()} prefetch={false}>
              Try it with sample data
            </Link>
          </Button>
        </div>
      ) : (
        <p className="text-sm text-muted-foreground">
          There are no tables in this workspace yet, and your role does not upload files. Ask an administrator of the
          workspace to bring some.
        </p>
      )}
    </div>
  );
}
