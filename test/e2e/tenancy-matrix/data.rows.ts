import { publishCsv, uploadCsv } from '../../support/publishing.js';
import type { Row, Rows } from './row.js';

const csv = Buffer.from('id,city\n1,Lisbon\n');
const tus = { 'tus-resumable': '1.0.0' };
const tusPart = { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' };

let names = 0;
const newName = () => `made_${(names += 1)}_here`;

const newUpload: Row['fresh'] = async ({ owner }) => ({ upload_id: await uploadCsv(owner, csv) });

const newResumable: Row['fresh'] = async ({ owner }) => {
  const announced = await owner
    .with({ ...tus, 'upload-length': String(csv.length), 'upload-metadata': `filename ${btoa('orders.csv')}` })
    .post('/uploads/resumable')
    .expect(201);
  return { upload_id: announced.headers['upload-id']! };
};

const newDataset: Row['fresh'] = async ({ owner }) => {
  const dataset = newName();
  await publishCsv(owner, csv, { dataset });
  return { dataset, version: '1' };
};

/** Files, data sets, and the tables that come of them. */
export const dataRows: Rows = {
  'POST /uploads': { status: 201, query: '?file_name=x.csv', headers: { 'content-type': 'text/csv' }, body: () => csv },
  'GET /uploads': { status: 200 },
  'GET /uploads/{upload_id}': { status: 200 },
  'DELETE /uploads/{upload_id}': { status: 204, fresh: newUpload },
  'GET /uploads/{upload_id}/preview': { status: 200 },
  'GET /uploads/{upload_id}/contract': { status: 200 },
  'PUT /uploads/{upload_id}/contract': { status: 200, body: () => ({}) },
  'POST /uploads/{upload_id}/submit': {
    status: 202,
    fresh: newUpload,
    body: () => ({ dataset: newName(), mode: 'create', crawl: false }),
  },
  'OPTIONS /uploads/resumable': { status: 204 },
  'POST /uploads/resumable': { status: 201, headers: { ...tus, 'upload-length': '0' } },
  'HEAD /uploads/resumable/{upload_id}': { status: 200, headers: tus, fresh: newResumable, caching: 'no-store' },
  'PATCH /uploads/resumable/{upload_id}': { status: 204, headers: tusPart, fresh: newResumable, body: () => csv },
  'DELETE /uploads/resumable/{upload_id}': { status: 204, headers: tus, fresh: newResumable },
  'POST /uploads/direct': { status: 409, body: () => ({ file_name: 'orders.csv', bytes: csv.length }) },
  'POST /uploads/direct/{upload_id}/parts': { status: 404, body: () => ({ part_numbers: [1] }) },
  'POST /uploads/direct/{upload_id}/complete': { status: 404 },
  'GET /uploads/direct/{upload_id}': { status: 409 },
  'GET /datasets': { status: 200 },
  'GET /datasets/{dataset}': { status: 200 },
  'DELETE /datasets/{dataset}': { status: 204, fresh: newDataset },
  'GET /datasets/{dataset}/versions': { status: 200 },
  'GET /datasets/{dataset}/versions/{version}': { status: 200 },
  'GET /datasets/{dataset}/versions/{version}/rejects': { status: 200 },
  'POST /datasets/{dataset}/versions/{version}/restore': { status: 202, fresh: newDataset },
  'POST /crawls': { status: 202, body: ({ dataset }) => ({ dataset }), names: { dataset: 404 } },
  'GET /crawls': { status: 200 },
  'GET /crawls/{crawl_id}': { status: 200 },
  'POST /crawls/{crawl_id}/stop': { status: 202 },
  'GET /crawls/{crawl_id}/events': { status: 200 },
  'GET /tables': { status: 200 },
  'GET /tables/{table}': { status: 200 },
  'PATCH /tables/{table}': { status: 200, body: () => ({ description: 'Orders.' }) },
  'GET /jobs': { status: 200 },
  'GET /jobs/{job_id}': { status: 200 },
  'POST /jobs/{job_id}/cancel': { status: 202 },
  'POST /jobs/{job_id}/retry': { status: 202 },
  'GET /jobs/{job_id}/events': { status: 200 },
};
