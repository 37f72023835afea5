import type { MouseEvent } from 'react';
import { Tooltip } from '@/components/ui/tooltip';
import { formatDate } from '@/lib/format';
import type { DocumentCitation } from './answer';
import { writtenBy } from './citation-words';

/** A number in an answer that leads to its citation; who wrote what is shown beside it. */
export function CitationLink({ citation, onCite }: { citation: DocumentCitation; onCite: (number: number) => void }) {
  const { number, quote, time } = citation;
  const by = writtenBy(citation);
  const open = (event: MouseEvent) => {
    event.preventDefault();
    onCite(number);
  };
  return (
    <Tooltip
      content={
        <>
          <span className="block font-medium">
            {by}, {formatDate(time)}
          </span>
          <span className="line-clamp-4">{quote}</span>
        </>
      }
    >
      <a
        href={`#citation-${number}`}
        data-citation={number}
        aria-label={`[${number}] ${by}`}
        onClick={open}
        className="rounded-xs font-medium text-accent no-underline underline-offset-4 hover:underline"
      >
        [{number}]
      </a>
    </Tooltip>
  );
}
