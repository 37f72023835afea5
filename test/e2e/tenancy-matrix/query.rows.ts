import type { Row, Rows } from './row.js';

const sql = 'select 1 as one';

const newSavedQuery: Row['fresh'] = async ({ owner }) => {
  const { body } = await owner.post('/saved-queries', { name: 'One', sql }).expect(201);
  return { saved_query_id: (body as { saved_query_id: string }).saved_query_id };
};

const newFeed: Row['fresh'] = async (maker) => {
  const { saved_query_id } = (await newSavedQuery(maker)) as { saved_query_id: string };
  const { body } = await maker.owner.post('/feeds', { name: 'One', saved_query_id }).expect(201);
  return { feed_id: (body as { feed_id: string }).feed_id };
};

/** Questions, their answers, and the addresses at which programs read them. */
export const queryRows: Rows = {
  'POST /queries': {
    status: 200,
    body: ({ table }) => ({ sql: `select count(*) as rows from ${table}`, wait_ms: 30_000 }),
    names: { table: 400 },
  },
  'POST /queries/estimate': {
    status: 200,
    body: ({ table }) => ({ sql: `select * from ${table}` }),
    names: { table: 400 },
  },
  'GET /queries': { status: 200 },
  'GET /queries/{query_id}': { status: 200 },
  'POST /queries/{query_id}/cancel': { status: 200 },
  'GET /queries/{query_id}/events': { status: 200 },
  'GET /queries/{query_id}/results': { status: 200 },
  'GET /queries/{query_id}/download': { status: 200, query: '?format=csv' },
  'POST /saved-queries': {
    status: 201,
    body: ({ table }) => ({ name: 'Rows', sql: `select * from ${table}` }),
    names: { table: 400 },
  },
  'GET /saved-queries': { status: 200 },
  'GET /saved-queries/{saved_query_id}': { status: 200 },
  'PATCH /saved-queries/{saved_query_id}': { status: 200, body: () => ({ description: 'Changed.' }) },
  'DELETE /saved-queries/{saved_query_id}': { status: 204, fresh: newSavedQuery },
  'POST /saved-queries/{saved_query_id}/run': { status: 200, body: () => ({ wait_ms: 30_000 }) },
  'POST /feeds': {
    status: 201,
    body: ({ saved_query_id }) => ({ name: 'Feed', saved_query_id }),
    names: { saved_query_id: 400 },
  },
  'GET /feeds': { status: 200 },
  'GET /feeds/{feed_id}': { status: 200 },
  'PATCH /feeds/{feed_id}': {
    status: 200,
    body: ({ saved_query_id }) => ({ saved_query_id }),
    names: { saved_query_id: 400 },
  },
  'DELETE /feeds/{feed_id}': { status: 204, fresh: newFeed },
  'GET /feeds/{feed_id}.csv': { status: 200, caching: 'private, no-cache' },
  'GET /feeds/{feed_id}.json': { status: 200, caching: 'private, no-cache' },
  'GET /feeds/{feed_id}.parquet': { status: 200, caching: 'private, no-cache' },
  'GET /connections': { status: 200 },
};
