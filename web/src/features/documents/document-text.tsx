import { ExternalLink } from '@/components/ui/external-link';
import type { Schemas } from '@/lib/api/client';
import { formatDateTime } from '@/lib/format';
import { kinds } from '@/components/sources/kinds';
import { Marked } from './marked';
import { markedPieces, type NamedQuote, rangeNamed, sectionsOf } from './marked-text';

/** The words of everybody who wrote in it, in order. What the address quotes is marked and scrolled to. */
export function DocumentText({ document, quote }: { document: Schemas['Document']; quote: NamedQuote }) {
  const { text, parts, author, created_at: at, source } = document;
  const quoted = rangeNamed(quote, text);
  const isGone = !quoted && quote.place !== '';
  const ranges = quoted ? [quoted] : [];
  if (text.trim() === '') return <p className="flex-1 text-sm text-muted-foreground">It has no text.</p>;
  return (
    <div ref={revealMark} className="flex min-w-0 flex-1 flex-col gap-3">
      {isGone && (
        <p role="status" className="rounded-lg bg-warning-soft p-3 text-sm">
          What was quoted does not stand here any more: the text has been changed since.
        </p>
      )}
      {sectionsOf(text, parts).map(({ start, end, part }) => (
        <section key={start} className="rounded-xl border bg-surface p-4">
          {parts.length > 0 && (
            <h2 className="mb-2 flex flex-wrap items-center gap-x-1.5 text-[13px] text-muted-foreground">
              <strong className="font-medium text-foreground">
                {part ? (part.author ?? 'Somebody') : (author ?? 'Somebody')}
              </strong>
              {formatDateTime(part?.created_at ?? at)}
              {part?.url && <ExternalLink href={part.url}>{kinds[source.kind].label}</ExternalLink>}
            </h2>
          )}
          <p className="text-[15px] leading-relaxed break-words whitespace-pre-wrap">
            <Marked pieces={markedPieces(text, ranges, start, end)} />
          </p>
        </section>
      ))}
    </div>
  );
}

function revealMark(text: HTMLElement | null): void {
  text?.querySelector('mark')?.scrollIntoView({ block: 'center' });
}
