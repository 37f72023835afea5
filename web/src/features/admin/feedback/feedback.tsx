'use client';

import { MessagesSquare } from 'lucide-react';
import { useState } from 'react';
import { Page } from '@/components/shell/page';
import { EmptyState } from '@/components/ui/empty-state';
import { Listing } from '@/components/ui/listing';
import { api, ask, type Schemas } from '@/lib/api/client';
import { usePages } from '@/lib/use-pages';
import { useSearchParameter } from '@/lib/use-search-parameter';
import { DownloadButton } from '../download-button';
import { Filters, FilterSelect } from '@/components/ui/filters';
import { TimeRange, useTimeRange } from '@/components/ui/time-range';
import { FeedbackSheet } from './feedback-sheet';
import { FeedbackTable } from './feedback-table';

type Given = Schemas['Feedback'];

const ratings = [
  { value: 'down', label: 'Bad answers' },
  { value: 'up', label: 'Good answers' },
];

/** What members think of answers, with what it takes to make the next one better. */
export function Feedback() {
  const [rating, setRating] = useSearchParameter('rating');
  const range = useTimeRange();
  const [shown, setShown] = useState<Given>();
  const filters = { rating, from: range.from, to: range.to };
  const list = usePages(['feedback', filters], (cursor) =>
    ask(
      api.GET('/api/v1/feedback', {
        params: {
          query: {
            cursor,
            rating: (rating || undefined) as Given['rating'] | undefined,
            from: range.from || undefined,
            to: range.to || undefined,
          },
        },
      }),
    ),
  );
  return (
    <Page
      title="Feedback"
      description="What members think of answers, newest first."
      actions={
        <>
          <DownloadButton path="/api/v1/feedback/export" query={{ ...filters, format: 'csv' }} fileName="feedback.csv">
            Export CSV
          </DownloadButton>
          <DownloadButton
            path="/api/v1/feedback/export"
            query={{ ...filters, format: 'jsonl' }}
            fileName="feedback.jsonl"
          >
            JSON Lines
          </DownloadButton>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Filters>
          <FilterSelect label="Rating" all="All ratings" value={rating} onChange={setRating} options={ratings} />
          <TimeRange range={range} />
        </Filters>
        <Listing
          list={list}
          empty={
            <EmptyState icon={MessagesSquare} title="No feedback">
              Below each answer of a chat are two thumbs. What people say with them stands here.
            </EmptyState>
          }
        >
          {(given) => <FeedbackTable given={given} onShow={setShown} />}
        </Listing>
      </div>
      <FeedbackSheet feedback={shown} onClose={() => setShown(undefined)} />
    </Page>
  );
}
