import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from '@jest/globals';
import type { Crawl } from '../../src/modules/crawls/crawl.dto.js';
import type { DatasetVersion, Submitted, SubmitUpload } from '../../src/modules/datasets/dataset.dto.js';
import { TablesService } from '../../src/modules/tables/tables.service.js';
import type { Client, TestApp } from './app.js';

type Submission = Partial<SubmitUpload> & Pick<SubmitUpload, 'dataset'>;

const examples = join(process.cwd(), 'node_modules', 'vega-datasets', 'data');

/** A real CSV file of the package vega-datasets. */
export function exampleFile(name: string): Buffer {
  return readFileSync(join(examples, name));
}

/** Uploads the content as a file; returns the upload's id. */
export async function uploadCsv(client: Client, content: string | Buffer, fileName = 'file.csv'): Promise<string> {
  const answer = await client
    .with({ 'content-type': 'text/csv' })
    .post(`/uploads?file_name=${encodeURIComponent(fileName)}`, content as unknown as object)
    .expect(201);
  return (answer.body as { upload_id: string }).upload_id;
}

/** Uploads and submits; what happens then goes on in the background. */
export async function submitCsv(
  client: Client,
  content: string | Buffer,
  submission: Submission,
): Promise<Submitted & { upload_id: string }> {
  const uploadId = await uploadCsv(client, content, `${submission.dataset}.csv`);
  const answer = await client.post(`/uploads/${uploadId}/submit`, { mode: 'create', ...submission }).expect(202);
  return { ...(answer.body as Submitted), upload_id: uploadId };
}

/** The crawl once it has ended. */
export async function crawlEnd(client: Client, crawlId: string): Promise<Crawl> {
  for (;;) {
    const crawl = (await client.get(`/crawls/${crawlId}`).expect(200)).body as Crawl;
    if (crawl.finished_at !== null) return crawl;
    await delay(50);
  }
}

/** Uploads, submits and waits until the table shows the rows. */
export async function publishCsv(
  client: Client,
  content: string | Buffer,
  submission: Submission,
): Promise<{ submitted: Submitted & { upload_id: string }; crawl: Crawl; version: DatasetVersion }> {
  const submitted = await submitCsv(client, content, submission);
  const crawl = await crawlEnd(client, submitted.crawl_id!);
  expect(crawl).toMatchObject({ state: 'succeeded', dataset: submission.dataset });
  return { submitted, crawl, version: await versionOf(client, submitted) };
}

export async function versionOf(
  client: Client,
  { dataset, version }: Pick<Submitted, 'dataset' | 'version'>,
): Promise<DatasetVersion> {
  return (await client.get(`/datasets/${dataset}/versions/${version}`).expect(200)).body as DatasetVersion;
}

/** What the table's files hold, by `select` over the relation `data`. Integers and decimals come as text. */
export async function readTable(test: TestApp, table: string, select: string): Promise<unknown[][]> {
  const [snapshot] = await test.app.nest.get(TablesService).snapshot(test.workspaceId, [table]);
  const files = snapshot!.locations.map((location) => `'${fileURLToPath(location)}'`);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run(
      `create view data as from read_parquet([${files.join(', ')}], union_by_name = ${files.length > 1})`,
    );
    return (await connection.runAndReadAll(select)).getRowsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Keys of everything that the workspace's data sets keep besides the uploaded files. */
export async function datasetObjects({ app, workspaceId }: TestApp): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of app.adapters.objectStore.list(`workspaces/${workspaceId}/datasets/`)) keys.push(key);
  return keys;
}

/** One event of a stream of Server-Sent Events. */
export interface StreamedEvent {
  readonly id: number;
  readonly event: string;
  readonly data: unknown;
}

/** All events of a stream, which must end by itself. */
export async function readEvents(client: Client, path: string, lastEventId?: number): Promise<StreamedEvent[]> {
  const from = lastEventId === undefined ? client : client.with({ 'last-event-id': String(lastEventId) });
  const answer = await from
    .get(path)
    .buffer(true)
    .expect(200)
    .expect('content-type', /^text\/event-stream/);
  return answer.text
    .split('\n\n')
    .map((block) => /^id: (\d+)\nevent: (\w+)\ndata: (.*)$/.exec(block))
    .filter((match) => match !== null)
    .map(([, id, event, data]) => ({ id: Number(id), event: event!, data: JSON.parse(data!) as unknown }));
}
