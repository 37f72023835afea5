'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { api, ask, type Schemas } from '@/lib/api/client';
import { useMay } from '@/lib/use-session';
import { isUnderWay, jobName } from './job-names';

/** Stops what is under way; gives what has failed or was cancelled another chance. */
export function JobActions({ job }: { job: Schemas['JobView'] }) {
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: (what: 'cancel' | 'retry') => {
      const params = { path: { job_id: job.job_id } };
      return ask(
        what === 'cancel'
          ? api.POST('/api/v1/jobs/{job_id}/cancel', { params })
          : api.POST('/api/v1/jobs/{job_id}/retry', { params }),
      );
    },
    onSuccess: (_, what) => {
      toast.success(what === 'cancel' ? 'The job is being cancelled' : 'The job is in the queue again');
      return Promise.all(['jobs', 'job-events'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  });
  if (!useMay('jobs:write')) return null;
  const name = <span className="sr-only"> {jobName(job.kind).toLowerCase()}</span>;
  if (isUnderWay(job)) {
    return (
      <Button size="small" busy={act.isPending} disabled={job.cancel_requested} onClick={() => act.mutate('cancel')}>
        Cancel{name}
      </Button>
    );
  }
  if (job.state === 'succeeded') return null;
  return (
    <Button size="small" busy={act.isPending} onClick={() => act.mutate('retry')}>
      Try again{name}
    </Button>
  );
}
