import type { Schemas } from '@/lib/api/client';

type Measure = Schemas['MeasuredUsage']['measure'];

/** How people call what is measured, and what happens where it ends. */
export const measures: Readonly<Record<Measure, { title: string; atTheLimit: string }>> = {
  bytes_stored: {
    title: 'Files and data sets',
    atTheLimit: 'At the limit, uploads are refused until something is deleted.',
  },
  bytes_scanned: {
    title: 'Read by queries this month',
    atTheLimit: 'At the limit, queries are refused until the next month begins.',
  },
  concurrent_queries: {
    title: 'Queries running now',
    atTheLimit: 'At the limit, further queries wait for their turn.',
  },
  chat_usd: {
    title: 'Spent on chat this month',
    atTheLimit: 'At the limit, questions are not answered until the next month begins.',
  },
};
