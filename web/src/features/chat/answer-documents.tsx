import Link from 'next/link';
import { ExternalLink } from '@/components/ui/external-link';
import { cn } from '@/lib/cn';
import { formatDate } from '@/lib/format';
import { paths } from '@/lib/paths';
import { useMay } from '@/lib/use-session';
import type { DocumentCitation } from './answer';

/** Passages that people wrote, by the numbers with which an answer refers to them; what it does not refer to comes last. */
export function AnswerDocuments({ documents }: { documents: readonly DocumentCitation[] }) {
  const inOrder = [...documents].sort((one, other) => Number(other.cited) - Number(one.cited));
  return (
    <ol className="divide-y" aria-label="Documents">
      {inOrder.map((document) => (
        <Citation key={document.number} document={document} />
      ))}
    </ol>
  );
}

function Citation({ document }: { document: DocumentCitation }) {
  const { number, document_id: id, title, source, container, author, time, url, quote, cited } = document;
  const mayRead = useMay('documents:read');
  const name = title ?? (container || source);
  return (
    <li className="flex gap-3 p-4 text-sm">
      <span
        className={cn(
          'flex h-5 min-w-5 shrink-0 items-center justify-center rounded px-1 text-xs font-medium tabular-nums',
          cited ? 'bg-accent-soft text-accent' : 'bg-muted text-muted-foreground',
        )}
      >
        {number}
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="font-medium break-words">
          {mayRead ? (
            <Link
              href={paths.document(id, quote.slice(0, 200))}
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
          {[author, title === null ? undefined : container, source].filter(Boolean).join(', ')}, {formatDate(time)}
          {!cited && ', found but not referred to'} <ExternalLink href={url}>Open the original</ExternalLink>
        </p>
      </div>
    </li>
  );
}
