'use client';

import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { Progress } from '@/components/ui/progress';
import { Time } from '@/components/ui/time';
import type { Schemas } from '@/lib/api/client';
import { formatDuration } from '@/lib/format';
import { JobActions } from './job-actions';
import { jobName, jobTones } from './job-names';

type Job = Schemas['JobView'];

/** Jobs in rows; the name opens what a job did. */
export function JobTable({ jobs, onShow }: { jobs: readonly Job[]; onShow: (job: Job) => void }) {
  return (
    <DataTable
      label="Jobs"
      rows={jobs}
      rowKey={({ job_id: id }) => id}
      columns={[
        {
          header: 'Job',
          cell: (job) => (
            <div className="min-w-40">
              <Button variant="link" size="inline" onClick={() => onShow(job)}>
                {jobName(job.kind)}
              </Button>
              {job.error && <div className="max-w-md text-[13px] text-danger">{job.error.detail}</div>}
            </div>
          ),
        },
        { header: 'State', cell: (job) => <JobState job={job} /> },
        {
          header: 'Queued',
          className: 'whitespace-nowrap text-muted-foreground',
          cell: ({ created_at: at }) => <Time at={at} />,
        },
        { header: 'Took', className: 'whitespace-nowrap', numeric: true, cell: took },
        {
          header: <span className="sr-only">Actions</span>,
          numeric: true,
          cell: (job) => <JobActions job={job} />,
        },
      ]}
    />
  );
}

/** The state in a word; while it runs, how far it is. */
export function JobState({ job }: { job: Job }) {
  const fraction = job.progress?.fraction;
  return (
    <div className="flex min-w-28 flex-col items-start gap-1.5">
      <Badge tone={jobTones[job.state]}>
        {job.cancel_requested && job.state === 'running' ? 'stopping' : job.state}
        {job.attempts > 1 && ` · attempt ${job.attempts} of ${job.max_attempts}`}
      </Badge>
      {job.state === 'running' && (
        <Progress label={jobName(job.kind)} value={typeof fraction === 'number' ? fraction : undefined} />
      )}
    </div>
  );
}

function took({ started_at: from, finished_at: to }: Job): string {
  if (from === null || to === null) return '';
  return formatDuration(new Date(to).getTime() - new Date(from).getTime());
}
