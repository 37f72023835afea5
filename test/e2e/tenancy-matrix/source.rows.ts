import { newSource } from '../../support/furnished.js';
import type { Row, Rows } from './row.js';

let names = 0;
const newName = () => `made_${(names += 1)}_here`;

/** A platform at an address that the service does not call. */
const unreachable = () => ({ kind: 'backlog', config: { url: 'https://localhost' }, secret: { token: 'token' } });
const ownSource: Row['fresh'] = async ({ owner }) => ({ source_id: await newSource(owner, newName()) });
const namedSource: Row['fresh'] = async ({ owner }) => ({ source_id: await newSource(owner, 'Soon gone', 'token') });

/** Where documents come from, and what they say. */
export const sourceRows: Rows = {
  'POST /sources': { status: 201, body: () => ({ ...unreachable(), name: newName() }) },
  'GET /sources': { status: 200 },
  'POST /sources/test': { status: 400, body: unreachable },
  'GET /sources/{source_id}': { status: 200 },
  'PATCH /sources/{source_id}': { status: 200, body: () => ({ name: newName() }) },
  'DELETE /sources/{source_id}': { status: 204, query: '?confirm=Soon%20gone', fresh: namedSource },
  'POST /sources/{source_id}/restore': { status: 200 },
  'POST /sources/{source_id}/test': { status: 400 },
  'POST /sources/{source_id}/pause': { status: 200, fresh: ownSource },
  'POST /sources/{source_id}/resume': { status: 200 },
  'POST /sources/{source_id}/sync': { status: 202, body: () => ({}) },
  'GET /sources/{source_id}/jobs': { status: 200 },
  'GET /search': { status: 200, query: '?q=document' },
  'GET /documents': { status: 200 },
  'GET /documents/{document_id}': { status: 200 },
  // It has no secret with which a webhook could be signed, and answers as one that is not there.
  'POST /webhooks/{kind}/{source_id}': { status: 401, body: () => ({}), names: { source_id: 401 } },
};
