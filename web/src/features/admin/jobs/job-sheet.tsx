'use client';

import { ProblemNote } from '@/components/ui/problem-note';
import { Sheet } from '@/components/ui/sheet';
import { SkeletonRows } from '@/components/ui/skeleton';
import type { Schemas } from '@/lib/api/client';
import { formatDateTime } from '@/lib/format';
import { Detail, Details } from '@/components/ui/details';
import { JobActions } from './job-actions';
import { jobName } from './job-names';
import { JobState } from './job-table';
import { type JobEvent, useJobEvents } from './use-job-events';

type Job = Schemas['JobView'];

/** What a job is, why it failed, and its history as it happens. */
export function JobSheet({ job, onClose }: { job: Job | undefined; onClose: () => void }) {
  return (
    <Sheet title={job ? jobName(job.kind) : ''} open={job !== undefined} onOpenChange={onClose}>
      {job && (
        <>
          <Details>
            <Detail term="State">
              <JobState job={job} />
            </Detail>
            <Detail term="Id">
              <code className="font-mono text-[13px]">{job.job_id}</code>
            </Detail>
            <Detail term="Queued">{formatDateTime(job.created_at)}</Detail>
            {job.state === 'queued' && job.attempts > 0 && (
              <Detail term="Next attempt">{formatDateTime(job.run_at)}</Detail>
            )}
            <Detail term="Started">{job.started_at && formatDateTime(job.started_at)}</Detail>
            <Detail term="Ended">{job.finished_at && formatDateTime(job.finished_at)}</Detail>
            <Detail term="Attempts">
              {job.attempts} of {job.max_attempts}
            </Detail>
          </Details>
          {job.error && <Failure error={job.error} isFinal={job.dead} />}
          <div>
            <JobActions job={job} />
          </div>
          {/* A retry begins another history. */}
          <History key={job.finished_at} job={job} />
        </>
      )}
    </Sheet>
  );
}

function Failure({ error, isFinal }: { error: NonNullable<Job['error']>; isFinal: boolean }) {
  return (
    <div className="rounded-lg border border-danger/30 bg-danger-soft p-3 text-sm">
      <p className="font-medium">{error.title}</p>
      <p className="mt-0.5 break-words">{error.detail}</p>
      <p className="mt-1 text-[13px] text-muted-foreground">
        {isFinal ? 'It will not be tried again by itself.' : 'It will be tried again by itself.'}
      </p>
    </div>
  );
}

function History({ job }: { job: Job }) {
  const { events, problem } = useJobEvents(job.job_id);
  return (
    <section aria-labelledby="history" className="flex flex-col gap-2">
      <h3 id="history" className="text-sm font-medium">
        History
      </h3>
      {problem && <ProblemNote error={problem} />}
      {!problem && events.length === 0 && <SkeletonRows rows={3} />}
      <ol className="flex flex-col border-l pl-4 text-sm" aria-live="polite">
        {events.map((event) => (
          <li key={event.id} className="relative py-1">
            <span className="absolute top-2.5 -left-[21px] size-2 rounded-full bg-accent" aria-hidden />
            <span className="font-medium">{event.type.replaceAll('_', ' ')}</span>{' '}
            <span className="break-words text-muted-foreground">{told(event)}</span>
            <time className="block text-xs text-muted-foreground" dateTime={event.at}>
              {new Date(event.at).toLocaleTimeString('en-GB')}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The plain values of what an event says. */
function told({ data }: JobEvent): string {
  return Object.entries(data ?? {})
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .map(([name, value]) => (name === 'fraction' ? `${Math.floor(Number(value) * 100)}%` : `${name} ${String(value)}`))
    .join(', ');
}
