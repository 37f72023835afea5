import { Clock, Sparkles, TextSearch } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { ExternalLink } from '@/components/ui/external-link';
import { Tooltip } from '@/components/ui/tooltip';
import { formatDate, formatDateTime } from '@/lib/format';
import { Time } from '@/components/ui/time';
import type { Schemas } from '@/lib/api/client';
import { paths } from '@/lib/paths';
import { KindIcon } from '@/components/sources/kind-icon';
import { kinds } from '@/components/sources/kinds';
import { documentKinds, originOf, titleOf } from './document-kinds';
import { Marked } from './marked';
import { markedPieces } from './marked-text';
import { wordsOf } from './words-of';

type SearchHit = Schemas['SearchHit'];

/** One document that was found: its best passage, and why. */
export function Hit({ hit }: { hit: SearchHit }) {
  const { document_id: id, kind, source, time, url, quote } = hit;
  const { icon: Icon, label } = documentKinds[kind];
  return (
    <li className="flex gap-3 px-4 py-3.5">
      <Icon className="mt-0.5 size-4 shrink-0 text-muted-foreground" aria-label={label} />
      <article className="flex min-w-0 flex-1 flex-col gap-1.5">
        <h2 className="font-medium break-words">
          <Link href={paths.document(id, quote)} prefetch={false} className="underline-offset-4 hover:underline">
            {titleOf(hit)}
          </Link>
        </h2>
        <p className="flex flex-wrap items-center gap-x-1.5 text-[13px] text-muted-foreground">
          <KindIcon kind={source.kind} named className="size-3.5" />
          {originOf(hit)}, <Time at={time} />
          <ExternalLink href={url}>{kinds[source.kind].label}</ExternalLink>
        </p>
        <blockquote className="border-l-2 pl-3 text-sm break-words whitespace-pre-line">
          <Marked pieces={markedPieces(quote.text, quote.highlights)} />
        </blockquote>
        <Why hit={hit} />
      </article>
    </li>
  );
}

/** Words that it has, how near it is, and when it was written. */
function Why({ hit }: { hit: SearchHit }) {
  const { why, time } = hit;
  const words = wordsOf(hit);
  return (
    <ul aria-label="Why it was found" className="flex flex-wrap gap-1.5">
      {why.words_rank !== null && (
        <Reason
          icon={<TextSearch />}
          more={`Place ${why.words_rank} among the documents that have words of the search.`}
        >
          {words.length > 0 ? `Has ${words.map((word) => `“${word}”`).join(', ')}` : 'Has words of the search'}
        </Reason>
      )}
      {why.vectors_rank !== null && (
        <Reason
          icon={<Sparkles />}
          more={`Place ${why.vectors_rank} among the documents that are near to the search; the likeness is the cosine of their vectors.`}
        >
          Alike{why.similarity !== null && `: ${Math.round(why.similarity * 100)}%`}
        </Reason>
      )}
      <Reason icon={<Clock />} more={formatDateTime(time)}>
        Written {formatDate(time)}
      </Reason>
    </ul>
  );
}

function Reason({ icon, more, children }: { icon: ReactNode; more: string; children: ReactNode }) {
  return (
    <li>
      <Tooltip content={more}>
        <button
          type="button"
          className="inline-flex max-w-full cursor-help items-center gap-1 rounded-full bg-muted px-2 py-0.5 text-left text-xs text-muted-foreground [&_svg]:size-3 [&_svg]:shrink-0"
        >
          {icon}
          <span className="min-w-0 break-words">{children}</span>
        </button>
      </Tooltip>
    </li>
  );
}
