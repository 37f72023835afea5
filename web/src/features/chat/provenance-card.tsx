'use client';

import { CircleCheck, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { formatBytes, formatCount, formatDuration, formatUsd } from '@/lib/format';
import { paths } from '@/lib/paths';
import type { Provenance, QuerySource } from './answer';

const authors: Readonly<Record<string, string>> = {
  builtin: 'Built-in translator, no language model',
  verified: 'Nobody: a verified statement was run',
};

/** Where an answer comes from: enough to judge it. */
export function ProvenanceCard({ provenance }: { provenance: Provenance }) {
  const {
    question,
    understood,
    assumptions,
    model,
    verified,
    queries,
    checks,
    cells,
    chatbot,
    documents = [],
  } = provenance;
  return (
    <dl className="flex flex-col gap-3 p-4 text-sm">
      <Fact name="Understood as">{understood ?? question}</Fact>
      {verified && <Fact name="Verified question">{verified.question}</Fact>}
      {assumptions.length > 0 && (
        <Fact name="Assumed">
          <List>{assumptions}</List>
        </Fact>
      )}
      {queries.map((query, index) => (
        <Fact key={query.query_id} name={queries.length === 1 ? 'Query' : `Query ${index + 1}`}>
          <QueryFacts query={query} />
        </Fact>
      ))}
      {checks.length > 0 && (
        <Fact name="Checked">
          <ul className="flex flex-col gap-1">
            {checks.map(({ name, ok, detail }) => (
              <li key={name + detail} className="flex gap-1.5">
                {ok ? (
                  <CircleCheck className="mt-0.5 size-4 shrink-0 text-success" aria-label="fine" />
                ) : (
                  <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warning" aria-label="look at this" />
                )}
                {detail}
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {cells.length > 0 && (
        <Fact name="Values">
          <ul className="flex flex-col gap-1">
            {cells.map(({ text, row, column }, index) => (
              <li key={index}>
                <span className="font-medium tabular-nums">{text}</span>{' '}
                <span className="text-muted-foreground">
                  {row === undefined ? 'is the number of rows' : `is row ${row + 1}, column ${column}`}
                </span>
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {documents.length > 0 && (
        <Fact name="Documents">
          {formatCount(documents.length, 'passage')} found, {documents.filter(({ cited }) => cited).length} referred to
        </Fact>
      )}
      <Fact name={queries.length > 0 ? 'SQL written by' : 'Answered by'}>
        {authors[model.provider] ?? [model.provider, model.model_id].filter(Boolean).join(', ')}
        <span className="text-muted-foreground">, chatbot version {chatbot.version}</span>
      </Fact>
    </dl>
  );
}

function QueryFacts({ query }: { query: QuerySource }) {
  const { tables, bytes_scanned, cost_usd, row_count, truncated, engine, duration_ms } = query;
  const numbers = [
    formatCount(row_count, 'row'),
    `${formatBytes(bytes_scanned)} read`,
    formatUsd(cost_usd),
    ...(duration_ms === null ? [] : [formatDuration(duration_ms)]),
    engine,
  ];
  return (
    <>
      <p>
        {tables.map(({ table, version }, index) => (
          <span key={table}>
            {index > 0 && ', '}
            <Link href={paths.table(table)} prefetch={false} className="text-accent underline-offset-4 hover:underline">
              {table}
            </Link>{' '}
            <span className="text-muted-foreground">version {version}</span>
          </span>
        ))}
      </p>
      <p className="text-muted-foreground tabular-nums">{numbers.join(', ')}</p>
      {truncated && (
        <Badge tone="warning" className="mt-1">
          Cut: there are more rows
        </Badge>
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 gap-y-0.5 sm:grid-cols-[9rem_1fr]">
      <dt className="text-muted-foreground">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

function List({ children }: { children: readonly string[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {children.map((each) => (
        <li key={each}>{each}</li>
      ))}
    </ul>
  );
}
