'use client';

import { CircleCheck, CircleSlash, TriangleAlert } from 'lucide-react';
import type { Schemas } from '@/lib/api/client';
import { formatCount, formatDuration } from '@/lib/format';
import { kinds, type SourceKind } from '@/components/sources/kinds';

type Report = Schemas['ConnectionTest'];

/** What a connection test has found: as whom the platform knows us, and what can be read. */
export function ConnectionReport({ kind, report }: { kind: SourceKind; report: Report }) {
  const { account, containers, warnings, duration_ms: took } = report;
  const { label, container, containers: many } = kinds[kind];
  const readable = containers.filter((each) => each.readable);
  const refused = containers.filter((each) => !each.readable);
  return (
    <div role="status" className="flex flex-col gap-2 rounded-lg border bg-surface p-3 text-sm">
      <p className="flex gap-2">
        <CircleCheck className="mt-0.5 size-4 shrink-0 text-success" aria-hidden />
        <span>
          {label} knows this as <strong className="font-medium">{account}</strong>, who can read{' '}
          {formatCount(readable.length, container, many)}.{' '}
          <span className="text-muted-foreground">Answered in {formatDuration(took)}.</span>
        </span>
      </p>
      {refused.map(({ name, detail }) => (
        <p key={name} className="flex gap-2">
          <CircleSlash className="mt-0.5 size-4 shrink-0 text-danger" aria-hidden />
          <span className="min-w-0 break-words">
            <strong className="font-medium">{name}</strong> cannot be read. {detail}
          </span>
        </p>
      ))}
      {warnings.map((warning) => (
        <p key={warning} className="flex gap-2">
          <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warning" aria-hidden />
          {warning}
        </p>
      ))}
    </div>
  );
}
