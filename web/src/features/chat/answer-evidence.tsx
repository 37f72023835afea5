'use client';

import { BookOpenText, ChartColumn, Code, ShieldCheck, SquareTerminal, Table2, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { cn } from '@/lib/cn';
import { formatCount } from '@/lib/format';
import { paths } from '@/lib/paths';
import { useMay } from '@/lib/use-session';
import type { Answer } from './answer';
import { AnswerChart } from './answer-chart';
import { AnswerDocuments, type AskedCitation } from './answer-documents';
import { AnswerRows } from './answer-rows';
import { ProvenanceCard } from './provenance-card';

type View = 'chart' | 'rows' | 'sql' | 'documents' | 'provenance';

/** What an answer rests on, one click away: its chart, rows, SQL, documents, and where they come from. */
export function AnswerEvidence({ answer, asked }: { answer: Answer; asked: AskedCitation | undefined }) {
  const { provenance, chart, queryId } = answer;
  const [view, setView] = useState<View | undefined>(() => firstView(answer));
  const [shown, setShown] = useState(asked);
  if (asked !== shown) {
    setShown(asked);
    setView('documents');
  }
  const mayRun = useMay('queries:read');
  const query = provenance?.queries.find(({ query_id }) => query_id === queryId) ?? provenance?.queries.at(-1);
  const documents = provenance?.documents ?? [];
  if (!provenance || (!query && documents.length === 0)) return null;
  const hasDoubts = provenance.checks.some(({ ok }) => !ok) || query?.truncated;
  const toggle = (next: View) => setView(view === next ? undefined : next);
  return (
    <section aria-label="What the answer rests on" className="overflow-hidden rounded-xl border bg-surface">
      <div className={cn('scrollbar-thin flex gap-1 overflow-x-auto p-1.5', view && 'border-b')}>
        {chart && (
          <Toggle label="Chart" icon={<ChartColumn />} pressed={view === 'chart'} onClick={() => toggle('chart')} />
        )}
        {query && mayRun && (
          <Toggle label="Rows" icon={<Table2 />} pressed={view === 'rows'} onClick={() => toggle('rows')} />
        )}
        {query && <Toggle label="SQL" icon={<Code />} pressed={view === 'sql'} onClick={() => toggle('sql')} />}
        {documents.length > 0 && (
          <Toggle
            label={formatCount(documents.length, 'document')}
            icon={<BookOpenText />}
            pressed={view === 'documents'}
            onClick={() => toggle('documents')}
          />
        )}
        <Toggle
          label="Sources"
          icon={hasDoubts ? <TriangleAlert className="text-warning" /> : <ShieldCheck />}
          pressed={view === 'provenance'}
          onClick={() => toggle('provenance')}
        />
      </div>
      {view === 'chart' && chart && <AnswerChart chart={chart} />}
      {view === 'rows' && query && <AnswerRows queryId={query.query_id} rowCount={query.row_count} />}
      {view === 'sql' && query && <Statement sql={query.sql} queryId={query.query_id} />}
      {view === 'documents' && <AnswerDocuments documents={documents} asked={asked} />}
      {view === 'provenance' && <ProvenanceCard provenance={provenance} />}
    </section>
  );
}

/** A picture first; documents that it refers to; rows where there are some and the text has no table of them. */
function firstView({ chart, content, provenance }: Answer): View | undefined {
  if (chart) return 'chart';
  if (provenance?.documents?.some(({ cited }) => cited)) return 'documents';
  const rows = provenance?.queries.at(-1)?.row_count ?? 0;
  return rows > 1 && !/^\|.*\|$/m.test(content) ? 'rows' : undefined;
}

function Toggle({
  label,
  icon,
  pressed,
  onClick,
}: {
  label: string;
  icon: ReactNode;
  pressed: boolean;
  onClick: () => void;
}) {
  return (
    <Button
      variant="ghost"
      size="small"
      aria-pressed={pressed}
      className={cn('text-muted-foreground', pressed && 'bg-muted text-foreground')}
      onClick={onClick}
    >
      {icon}
      {label}
    </Button>
  );
}

function Statement({ sql, queryId }: { sql: string; queryId: string }) {
  const mayRun = useMay('queries:run');
  return (
    <div className="flex flex-col gap-2 p-4">
      {/* Long lines scroll, and the statement can therefore take focus. */}
      <pre
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="scrollbar-thin max-h-96 overflow-auto rounded-lg bg-muted p-3 font-mono text-[13px] leading-normal"
      >
        {sql}
      </pre>
      <div className="flex flex-wrap gap-1">
        <CopyButton text={sql}>Copy</CopyButton>
        {mayRun && (
          <Button asChild variant="ghost" size="small">
            <Link href={paths.sql({ queryId })} prefetch={false}>
              <SquareTerminal /> Open in SQL
            </Link>
          </Button>
        )}
      </div>
    </div>
  );
}
