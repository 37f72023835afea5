import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { numberOfKills } from '../support/kills.js';
import { FakeSlack } from '../support/platforms/fake-slack.js';
import { Service } from '../support/service.js';
import { connectSlack, platformSettings, synced } from '../support/sources.js';
import { until } from '../support/until.js';

const messages = Number(process.env.MESSAGES ?? 1500);

describe('a sync of a killed service', () => {
  const slack = new FakeSlack({ messages });
  const dataDirectory = mkdtempSync(join(tmpdir(), 'tabletalk-killed-sync-'));
  let service: Service;

  beforeAll(async () => {
    await slack.start();
    service = await Service.start(dataDirectory, platformSettings({ slack }));
  });

  afterAll(async () => {
    await service.process.end('SIGKILL');
    await slack.close();
    rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  });

  it(
    'R59: has every document once in the end, and has not begun anew each time',
    async () => {
      const { source_id: sourceId } = await connectSlack(service.owner, slack, {
        name: 'Killed',
        config: { files: false },
      });
      const threads = slack.channels.reduce((sum, { replies }) => sum + replies.size, 0);
      const pages = /conversations\.(history|replies)/;
      for (let kill = 0; kill < numberOfKills(3); kill += 1) {
        const asked = slack.requests.length;
        const some = (threads / (numberOfKills(3) + 1)) * (0.3 + Math.random() * 0.6);
        await until(() => Promise.resolve(slack.requests.length >= asked + some));
        await service.process.end('SIGKILL');
        service = await Service.start(dataDirectory, platformSettings({ slack }));
        // In place of the wait that a job gets which dies again and again.
        const { items } = (await service.owner.get(`/sources/${sourceId}/jobs`).expect(200)).body;
        await service.owner.post(`/jobs/${items[0].job_id}/cancel`).expect(202);
        await until(async () => (await synced(service.owner, sourceId)).state !== 'running');
        await service.owner.post(`/sources/${sourceId}/sync`, {}).expect(202);
      }
      expect(await synced(service.owner, sourceId)).toMatchObject({ state: 'succeeded', mode: 'full' });
      const readings = slack.countRequests(pages);

      const { body } = await service.owner.post(`/sources/${sourceId}/sync`, { mode: 'full' }).expect(202);
      const again = await synced(service.owner, sourceId, body.job_id as string);
      expect(again.counts).toMatchObject({ created: 0, changed: 0, unchanged: messages, removed: 0 });
      // A page and what of it was not kept yet, for each kill.
      expect(readings).toBeLessThan(slack.countRequests(pages) + numberOfKills(3) * 15);

      const expected = slack.channels
        .filter(({ is_member: isMember, is_private: isPrivate }) => isMember && !isPrivate)
        .flatMap(({ id, messages: all }) => all.map(({ ts }) => `${id}/${ts}`));
      await service.process.end();
      const file = new DatabaseSync(join(dataDirectory, 'tabletalk.db'), { readOnly: true });
      const rows = file
        .prepare('select external_id from documents where source_id = ? order by external_id')
        .all(sourceId);
      file.close();
      expect(rows.map(({ external_id: id }) => id)).toEqual([...expected].sort());
    },
    240_000 + numberOfKills(3) * 60_000,
  );
});
