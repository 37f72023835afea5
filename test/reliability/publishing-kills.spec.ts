import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { DatasetVersion } from '../../src/modules/datasets/dataset.dto.js';
import type { JobView } from '../../src/modules/jobs/job.dto.js';
import type { Table } from '../../src/modules/tables/table.dto.js';
import { crawlEnd, readEvents, submitCsv } from '../support/publishing.js';
import { Service } from '../support/service.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const kills = 8;
/** About as long as a publication and its crawl take here. */
const longestMs = 500;
const rows = 2000;
const csv = (round: number) =>
  `id,round,city\n${Array.from({ length: rows }, (_, id) => `${id},${round},city ${id % 7}`).join('\n')}\n`;

describe('publishing in a service that is killed', () => {
  let service: Service | undefined;
  afterEach(() => service?.end('SIGKILL'));
  const folder = temporaryFolders();

  it(`R42: ends each of ${kills} accepted submits once and with its whole effect, wherever the kill falls`, async () => {
    const directory = folder();
    service = await Service.start(directory);
    const crawls: string[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      const mode = kill === 0 ? 'create' : 'append';
      const { crawl_id } = await submitCsv(service.owner, csv(kill), { dataset: 'killed', mode });
      await delay((longestMs * kill) / kills + Math.random() * (longestMs / kills));
      await service.end('SIGKILL');
      service = await Service.start(directory);
      expect(await crawlEnd(service.owner, crawl_id!)).toMatchObject({ state: 'succeeded' });
      crawls.push(crawl_id!);
    }

    const { owner } = service;
    const versions = (await owner.get('/datasets/killed/versions').expect(200)).body.items as DatasetVersion[];
    expect(versions.map(({ version, state, rows: total }) => [version, state, total])).toEqual(
      Array.from({ length: kills }, (_, index) => [kills - index, 'ready', (kills - index) * rows]),
    );
    const table = (await owner.get('/tables/killed').expect(200)).body as Table;
    expect(table).toMatchObject({ version: kills, rows: kills * rows });
    expect(table.columns.find(({ name }) => name === 'city')!.top_values).toHaveLength(7);
    for (const crawlId of crawls) {
      const events = await readEvents(owner, `/crawls/${crawlId}/events`);
      expect(events.filter(({ event }) => ['succeeded', 'failed', 'stopped'].includes(event))).toHaveLength(1);
    }
    const jobs = (await owner.get('/jobs?limit=200').expect(200)).body.items as JobView[];
    expect(jobs.filter(({ state }) => state !== 'succeeded')).toEqual([]);
    expect(jobs.map(({ kind }) => kind).sort()).toEqual([
      ...Array.from({ length: kills }, () => 'crawls.run'),
      ...Array.from({ length: kills }, () => 'datasets.publish'),
    ]);
  });
});
