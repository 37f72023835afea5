import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { ExternalLink } from '@/components/ui/external-link';
import { cn } from '@/lib/cn';
import { formatDateTime } from '@/lib/format';
import { paths } from '@/lib/paths';
import { useMay } from '@/lib/use-session';
import type { DocumentCitation } from './answer';
import { nameOf, writtenBy } from './citation-words';

/** The citation that a reader has asked for; each time it is another object. */
export interface AskedCitation {
  readonly number: number;
}

/** Passages that people wrote, by the numbers with which an answer refers to them; what it does not refer to comes last. */
export function AnswerDocuments({
  documents,
  asked,
}: {
  documents: readonly DocumentCitation[];
  asked: AskedCitation | undefined;
}) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const citation = asked && list.current?.querySelector<HTMLElement>(`#citation-${asked.number}`);
    citation?.focus({ preventScroll: true });
    citation?.scrollIntoView({ block: 'center' });
  }, [asked]);
  const inOrder = [...documents].sort((one, other) => Number(other.cited) - Number(one.cited));
  return (
    <ol ref={list} className="divide-y" aria-label="Documents">
      {inOrder.map((document) => (
        <Citation key={document.number} document={document} isAsked={document.number === asked?.number} />
      ))}
    </ol>
  );
}

function Citation({ document, isAsked }: { document: DocumentCitation; isAsked: boolean }) {
  const { number, document_id: id, start, end, time, url, quote, cited } = document;
  const mayRead = useMay('documents:read');
  const name = nameOf(document);
  return (
    <li
      id={`citation-${number}`}
      tabIndex={-1}
      className={cn('flex gap-3 p-4 text-sm outline-none', isAsked && 'bg-accent-soft/60')}
    >
      <CitationNumber number={number} cited={cited} />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="font-medium break-words">
          {mayRead ? (
            <Link
              href={paths.document(id, { start, end, words: quote })}
              prefetch={false}
              className="underline-offset-4 hover:underline"
            >
              {name}
            </Link>
          ) : (
            name
          )}
        </p>
        <blockquote className="border-l-2 pl-3 break-words whitespace-pre-line">{quote}</blockquote>
        <p className="text-[13px] text-muted-foreground">
          {writtenBy(document, name)}, <time dateTime={time}>{formatDateTime(time)}</time>
          {!cited && ', found but not referred to'} <ExternalLink href={url}>Open the original</ExternalLink>
        </p>
      </div>
    </li>
  );
}

/** Leads back to where the answer refers to it first. */
function CitationNumber({ number, cited }: { number: number; cited: boolean }) {
  const looks = 'flex h-5 min-w-5 shrink-0 items-center justify-center rounded px-1 text-xs font-medium tabular-nums';
  if (!cited) return <span className={cn(looks, 'bg-muted text-muted-foreground')}>{number}</span>;
  return (
    <button
      type="button"
      aria-label={`${number}, back to the answer`}
      title="Back to the answer"
      className={cn(looks, 'bg-accent-soft text-accent hover:underline')}
      onClick={({ currentTarget }) =>
        currentTarget.closest('article')?.querySelector<HTMLElement>(`[data-citation="${number}"]`)?.focus()
      }
    >
      {number}
    </button>
  );
}
