'use client';

import { Cog } from 'lucide-react';
import { useState } from 'react';
import { Page } from '@/components/shell/page';
import { EmptyState } from '@/components/ui/empty-state';
import { Listing } from '@/components/ui/listing';
import { api, ask, type Schemas } from '@/lib/api/client';
import { usePages } from '@/lib/use-pages';
import { useSearchParameter } from '@/lib/use-search-parameter';
import { Filters, FilterSelect } from '@/components/ui/filters';
import { isUnderWay, jobKinds, jobStates } from './job-names';
import { JobSheet } from './job-sheet';
import { JobTable } from './job-table';

type Job = Schemas['JobView'];

/** The background work of the workspace: what runs, what waits, and what needs a person. */
export function Jobs() {
  const [state, setState] = useSearchParameter('state');
  const [kind, setKind] = useSearchParameter('kind');
  const [shown, setShown] = useState<Job>();
  const list = usePages(
    ['jobs', state, kind],
    (cursor) =>
      ask(
        api.GET('/api/v1/jobs', {
          params: {
            query: { cursor, state: (state || undefined) as Job['state'] | undefined, kind: kind || undefined },
          },
        }),
      ),
    { refetchInterval: (jobs) => (jobs.some(isUnderWay) ? 2000 : 10_000) },
  );
  return (
    <Page
      title="Jobs"
      description="Work in the background, such as publishing and crawling. What fails is tried again by itself a few times."
    >
      <div className="flex flex-col gap-3">
        <Filters>
          <FilterSelect label="State" all="All states" value={state} onChange={setState} options={jobStates} />
          <FilterSelect label="Kind" all="All kinds" value={kind} onChange={setKind} options={jobKinds} />
        </Filters>
        <Listing
          list={list}
          rows={8}
          empty={
            <EmptyState icon={Cog} title={state || kind ? 'No such job' : 'Nothing has run in the background yet'}>
              Publishing a file starts the first ones.
            </EmptyState>
          }
        >
          {(jobs) => <JobTable jobs={jobs} onShow={setShown} />}
        </Listing>
      </div>
      <JobSheet
        job={list.items.find(({ job_id: id }) => id === shown?.job_id) ?? shown}
        onClose={() => setShown(undefined)}
      />
    </Page>
  );
}
