import { ProblemNote } from '@/components/ui/problem-note';
import { Sheet } from '@/components/ui/sheet';
import { CodeBlock, Detail, Details } from '@/components/ui/details';
import { ApiProblem } from '@/lib/api/problem';
import { formatDateTime, formatNumber } from '@/lib/format';
import type { Sync } from '@/components/sources/kinds';
import { syncInWords } from '@/components/sources/source-state';

/** All that is known of one run. */
export function SyncSheet({ sync, onClose }: { sync: Sync | undefined; onClose: () => void }) {
  return (
    <Sheet title={sync ? syncInWords(sync) : ''} open={sync !== undefined} onOpenChange={onClose}>
      {sync && (
        <>
          {sync.error && (
            <ProblemNote
              error={new ApiProblem(500, sync.error.type.split('/').at(-1) ?? '', sync.error.title, sync.error.detail)}
            />
          )}
          <Details>
            <Detail term="State">{sync.state}</Detail>
            <Detail term="Asked for">{formatDateTime(sync.queued_at)}</Detail>
            <Detail term="Begun">{sync.started_at && formatDateTime(sync.started_at)}</Detail>
            <Detail term="Ended">{sync.finished_at && formatDateTime(sync.finished_at)}</Detail>
            <Detail term="New">{formatNumber(sync.counts.created)}</Detail>
            <Detail term="Changed">{formatNumber(sync.counts.changed)}</Detail>
            <Detail term="The same">{formatNumber(sync.counts.unchanged)}</Detail>
            <Detail term="Removed">{formatNumber(sync.counts.removed)}</Detail>
            <Detail term="Pages">{formatNumber(sync.counts.pages)}</Detail>
            <Detail term="Webhooks">{formatNumber(sync.counts.events)}</Detail>
            <Detail term="Came to">{sync.progress}</Detail>
            <Detail term="Job">
              <code className="font-mono text-[13px]">{sync.job_id}</code>
            </Detail>
          </Details>
          {sync.cursor && (
            <section className="flex flex-col gap-2">
              <h3 className="text-sm font-medium">Cursor</h3>
              <p className="text-[13px] text-muted-foreground">
                Where the next run goes on, as the connector keeps it. It is stored with the documents.
              </p>
              <CodeBlock label="Cursor">{JSON.stringify(sync.cursor, undefined, 2)}</CodeBlock>
            </section>
          )}
        </>
      )}
    </Sheet>
  );
}
