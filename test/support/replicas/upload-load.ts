import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { publishCsv } from '../publishing.js';
import { Load } from './load.js';
import { isLost, isOutage, told } from './requests.js';

const rowsOfFile = 1000;
const chunks = 10;
const pauseMs = 50;
const pollMs = 300;
const protocol = { 'tus-resumable': '1.0.0' };

/** Files that arrive in many parts and are added to one data set, again and again. */
export class UploadLoad extends Load {
  private readonly dataset = `arrivals_${randomUUID().slice(0, 8)}`;
  private files = 0;

  /** Makes the data set. */
  async prepare(): Promise<void> {
    await publishCsv(this.requests.client, this.nextFile(), { dataset: this.dataset });
  }

  protected override async step(): Promise<void> {
    const file = Buffer.from(this.nextFile());
    const uploadId = await this.upload(file);
    const { body: upload } = await this.requests.send('GET', `/uploads/${uploadId}`);
    const sha256 = createHash('sha256').update(file).digest('hex');
    if (upload.sha256 !== sha256) throw this.requests.fail(`Upload ${uploadId} is not what was sent`);
    const submitted = await this.requests.send('POST', `/uploads/${uploadId}/submit`, {
      headers: { 'idempotency-key': randomUUID() },
      body: { dataset: this.dataset, mode: 'append' },
    });
    const crawlId = isLost(submitted) ? await this.latestCrawl() : submitted.body.crawl_id;
    for (;;) {
      const { body: crawl } = await this.requests.send('GET', `/crawls/${crawlId as string}`);
      if (crawl.finished_at === null) await delay(pollMs);
      else if (crawl.state === 'succeeded') return;
      else throw this.requests.fail(`A crawl has ended as ${JSON.stringify(crawl)}`);
    }
  }

  /** Every row of every file is in the table, once. */
  async verify(): Promise<void> {
    const sql = `select count(*), count(distinct id) from ${this.dataset}`;
    const { body } = await this.requests.send('POST', '/queries', { body: { sql, wait_ms: 30_000 } });
    const rows = String(this.files * rowsOfFile);
    expect(body.rows).toEqual([[rows, rows]]);
  }

  private async latestCrawl(): Promise<unknown> {
    const { body } = await this.requests.send('GET', `/crawls?dataset=${this.dataset}&limit=1`);
    return (body.items as { crawl_id: string }[])[0]!.crawl_id;
  }

  private nextFile(): string {
    const first = this.files * rowsOfFile;
    this.files += 1;
    const lines = Array.from({ length: rowsOfFile }, (_, row) => `${first + row},arrival ${first + row}`);
    return `id,name\n${lines.join('\n')}\n`;
  }

  private async upload(file: Buffer): Promise<string> {
    const announced = await this.requests.send('POST', '/uploads/resumable', {
      headers: {
        ...protocol,
        'upload-length': String(file.length),
        'upload-metadata': `filename ${btoa('arrivals.csv')}`,
      },
    });
    const uploadId = announced.headers['upload-id'] as string;
    const path = `/uploads/resumable/${uploadId}`;
    const size = Math.ceil(file.length / chunks);
    for (let offset = 0; offset < file.length; await delay(pauseMs))
      offset = await this.sendPart(path, offset, file.subarray(offset, offset + size));
    return uploadId;
  }

  /** Returns how much has arrived. */
  private async sendPart(path: string, offset: number, body: Buffer): Promise<number> {
    const type = 'application/offset+octet-stream';
    const headers = { ...protocol, 'content-type': type, 'upload-offset': String(offset) };
    const answer = await this.requests.once('PATCH', path, { headers, body });
    if (answer.status === 204) return Number(answer.headers['upload-offset']);
    if (this.requests.patience === 'fails at once' || !isOutage(answer))
      throw this.requests.fail(`PATCH ${path} at ${offset}: ${told(answer)}`);
    const found = await this.requests.send('HEAD', path, { headers: protocol });
    return Number(found.headers['upload-offset']);
  }
}
