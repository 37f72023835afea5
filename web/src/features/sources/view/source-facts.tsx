import Link from 'next/link';
import type { ReactNode } from 'react';
import { Time } from '@/components/ui/time';
import { formatNumber } from '@/lib/format';
import { paths } from '@/lib/paths';
import { useReadableSources } from '@/components/sources/use-sources';
import type { Source } from '@/components/sources/kinds';
import { scheduleInWords } from '../schedule-words';

/** What a source holds, and when it is read. */
export function SourceFacts({ source }: { source: Source }) {
  const { documents, last_synced_at: last, next_sync_at: next, schedule, paused, dataset } = source;
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border bg-border lg:grid-cols-4">
      <Fact term="Documents" note={<DocumentsLink source={source} />}>
        {formatNumber(documents)}
      </Fact>
      <Fact term="Last read">{last ? <Time at={last} /> : 'not yet'}</Fact>
      <Fact term="Next sync" note={schedule ? (scheduleInWords(schedule) ?? schedule) : 'no schedule'}>
        {next ? <Time at={next} /> : paused ? 'when resumed' : 'when asked for'}
      </Fact>
      <Fact term="Table" note={dataset === null && whyNoTable(source)}>
        {dataset === null ? (
          'none'
        ) : (
          <Link
            href={paths.dataset(dataset)}
            prefetch={false}
            className="text-sm break-all text-accent underline-offset-4 hover:underline"
          >
            {dataset}
          </Link>
        )}
      </Fact>
    </dl>
  );
}

function whyNoTable({ kind, tables }: Source): string {
  if (kind === 'slack') return 'messages make none';
  return tables ? 'comes with the syncs' : 'not switched on';
}

function DocumentsLink({ source: { source_id: sourceId, documents } }: { source: Source }) {
  const readable = useReadableSources();
  if (documents === 0) return null;
  if (!readable.some(({ source_id: id }) => id === sourceId)) return 'not for you to read';
  return (
    <Link
      href={paths.documents({ source: sourceId })}
      prefetch={false}
      className="text-accent underline-offset-4 hover:underline"
    >
      Search and read them
    </Link>
  );
}

function Fact({ term, note, children }: { term: string; note?: ReactNode; children: ReactNode }) {
  return (
    <div className="bg-surface px-4 py-3">
      <dt className="text-xs text-muted-foreground">{term}</dt>
      <dd className="text-lg leading-snug font-semibold tabular-nums">{children}</dd>
      {note && <dd className="mt-0.5 text-[13px] text-muted-foreground">{note}</dd>}
    </div>
  );
}
