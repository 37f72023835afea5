import { completedAnalysis, failedAnalysis } from '../../support/analyses.js';
import type { Maker, Row, Rows } from './row.js';

/** By workspace: a completed analysis that is only looked at. */
const completed = new Map<string, Promise<string>>();

const toRead: Row['fresh'] = async ({ owner, workspaceId }: Maker) => {
  const analysis = completed.get(workspaceId) ?? completedAnalysis(owner);
  completed.set(workspaceId, analysis);
  return { request_id: await analysis };
};
const toChange: Row['fresh'] = async ({ owner }) => ({ request_id: await failedAnalysis(owner) });

/** From interviews to principles. */
export const analysisRows: Rows = {
  'POST /analysis/requests': {
    status: 202,
    body: ({ upload_id }) => ({ research_data: `upload:${upload_id}`, method: 'model' }),
    names: { upload_id: 404 },
  },
  'GET /analysis/requests': { status: 200 },
  'GET /analysis/status/{request_id}': { status: 200, fresh: toRead },
  'GET /analysis/requests/{request_id}/result': { status: 200, fresh: toRead },
  'GET /analysis/requests/{request_id}/download': { status: 200, query: '?format=csv', fresh: toRead },
  'GET /analysis/requests/{request_id}/interviews/{interview}': { status: 200, fresh: toRead },
  'GET /analysis/requests/{request_id}/events': { status: 200, fresh: toRead },
  // It is compared with one that nobody has.
  'GET /analysis/requests/{request_id}/comparison': { status: 404, query: '?with=ana_none', fresh: toRead },
  'POST /analysis/requests/{request_id}/retry': { status: 202, fresh: toChange, body: () => ({}) },
  // It has ended.
  'POST /analysis/requests/{request_id}/cancel': { status: 409, fresh: toRead },
  'DELETE /analysis/requests/{request_id}': { status: 204, fresh: toChange },
};
