'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { followEvents } from '@/lib/api/follow-events';
import { asProblem, type ApiProblem } from '@/lib/api/problem';

/** Something that happened to a job. */
export interface JobEvent {
  readonly id: string;
  readonly type: string;
  readonly at: string;
  readonly data: Readonly<Record<string, unknown>> | null;
}

const ends = new Set(['succeeded', 'failed', 'cancelled']);

/** What has happened to a job, and what happens while one looks, until it has ended. */
export function useJobEvents(jobId: string): { events: readonly JobEvent[]; problem?: ApiProblem } {
  const client = useQueryClient();
  const [state, setState] = useState<{ events: readonly JobEvent[]; problem?: ApiProblem }>({ events: [] });
  useEffect(() => {
    const leaving = new AbortController();
    const path = `/api/v1/jobs/${jobId}/events`;
    const stream = followEvents(path, leaving.signal, ({ event }) => ends.has(event));
    const follow = async () => {
      const events: JobEvent[] = [];
      for await (const { id, event: type, data } of stream) {
        events.push({ id, type, ...(data as Pick<JobEvent, 'at' | 'data'>) });
        setState({ events: [...events] });
      }
      await client.invalidateQueries({ queryKey: ['jobs'] });
    };
    follow().catch((error: unknown) => {
      if (!leaving.signal.aborted) setState({ events: [], problem: asProblem(error) });
    });
    return () => leaving.abort();
  }, [jobId, client]);
  return state;
}
