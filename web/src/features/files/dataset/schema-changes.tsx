import { ArrowRight } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import type { Schemas } from '@/lib/api/client';

/** How the columns differ from those before. */
export function SchemaChanges({ changes }: { changes: readonly Schemas['VersionSchemaChange'][] }) {
  if (changes.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1.5 text-[13px]">
      {changes.map(({ column, from, to }) => (
        <li key={column} className="flex flex-wrap items-center gap-1.5">
          <Badge tone={from === null ? 'success' : to === null ? 'danger' : 'warning'}>
            {from === null ? 'new' : to === null ? 'gone' : 'changed'}
          </Badge>
          <code className="font-mono break-all">{column}</code>
          <span className="inline-flex items-center gap-1 text-muted-foreground">
            {from}
            {from !== null && to !== null && <ArrowRight className="size-3" aria-label="became" />}
            {to}
          </span>
        </li>
      ))}
    </ul>
  );
}
