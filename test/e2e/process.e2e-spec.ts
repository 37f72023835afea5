import { existsSync, readdirSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { Crawl } from '../../src/modules/crawls/crawl.dto.js';
import type { JobView } from '../../src/modules/jobs/job.dto.js';
import type { Query } from '../../src/modules/queries/query.dto.js';
import type { Upload } from '../../src/modules/uploads/upload.dto.js';
import { type Client } from '../support/app.js';
import { crawlEnd, publishCsv, readEvents, submitCsv, uploadCsv, versionOf } from '../support/publishing.js';
import { Service, ServiceProcess } from '../support/service.js';
import { SlowPost } from '../support/streams.js';
import { temporaryFolders } from '../support/temporary-folder.js';
import { soonMs } from '../support/soon.js';
import { until } from '../support/until.js';

/** Runs for a few seconds. */
const slow = 'select count(*) from people a, people b where a.id < 30000 and b.id < 30000 and a.id + b.id < 0';
/** Runs for longer than any test waits. */
const endless = 'select count(*) from small a, small b, small c where a.id + b.id + c.id < 0';

function csv(rows: number): string {
  const lines = Array.from({ length: rows }, (_, id) => `${id},person number ${id},${id % 100}.5,2024-03-01`);
  return `id,name,price,day\n${lines.join('\n')}\n`;
}

function download(client: Client, path: string): Promise<IncomingMessage> {
  const headers = { authorization: `Bearer ${client.token}` };
  return new Promise((resolve) => get(`${client.address}/api/v1${path}`, { headers }, resolve));
}

/** What the service keeps for a while only. */
function temporaryFiles(dataDirectory: string): string[] {
  return ['scratch', 'resumable'].flatMap((folder) => {
    const path = join(dataDirectory, folder);
    return existsSync(path) ? readdirSync(path) : [];
  });
}

const refused = (address: string) => `Error: connect ECONNREFUSED ${new URL(address).host}`;
const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`);

const linux = process.platform === 'linux' ? it : it.skip;

describe('the service as a process', () => {
  const started: { end(signal: 'SIGKILL'): Promise<unknown> }[] = [];
  const run = (directory: string, settings?: Record<string, string>) => {
    const service = new ServiceProcess(directory, settings);
    started.push(service);
    return service;
  };
  const start = async (directory: string, settings?: Record<string, string>) => {
    const service = await Service.start(directory, settings);
    started.push(service);
    return service;
  };

  afterEach(async () => {
    await Promise.all(started.splice(0).map((service) => service.end('SIGKILL')));
  });
  const folder = temporaryFolders();

  it('prints where to go and, until an owner exists, a setup token that makes one', async () => {
    const directory = folder();
    const nobody = { OWNER_EMAIL: '', OWNER_PASSWORD: '' };
    const first = run(directory, nobody);
    const address = await first.ready();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(first.output).toContain(`${address}/docs`);
    const [token] = await until(() => Promise.resolve(/setup-[\w-]+/.exec(first.output) ?? undefined));
    expect(first.output).toContain(`${address}/setup/#token=${token}\n`);
    const ada = { email: 'ada@example.com', password: 'analytical engine' };
    await request(address)
      .post('/api/v1/auth/setup')
      .send({ token, full_name: 'Ada', ...ada })
      .expect(201);
    expect(await first.end()).toBe(0);
    expect(first.errors).toBe('');

    const second = run(directory, nobody);
    await request(await second.ready())
      .post('/api/v1/auth/login')
      .send(ada)
      .expect(200);
    expect(second.output).not.toContain('setup');
  });

  it('ends at once with one sentence when it cannot start', async () => {
    const directory = folder();
    const service = await start(directory);
    const file = join(directory, 'tabletalk.db');
    const { hostname, port } = new URL(service.address);
    const failures: [ServiceProcess, string][] = [
      [
        run(directory),
        `The folder ${directory} is in use by another running Tabletalk. ` +
          'Stop that one first, or give this one a folder of its own with DATA_DIR.\n',
      ],
      [
        run(folder(), { PORT: port }),
        `The service cannot listen on ${hostname}:${port}: another program does already. ` +
          'Stop that one, or choose another port with PORT (0 picks a free one).\n',
      ],
      [
        run(file),
        `The folder ${file} cannot be used for data (EEXIST). ` +
          'Name one that this user may create and write to with DATA_DIR.\n',
      ],
      [
        run(folder(), { OWNER_EMAIL: 'nobody', OWNER_PASSWORD: 'short' }),
        'The configuration has 2 faults:\n' +
          '  - OWNER_EMAIL must be an e-mail address such as ada@example.com\n' +
          '  - OWNER_PASSWORD must have at least 8 characters\n',
      ],
      [
        run(folder(), { PORT: '99999', LOG_LEVEL: 'loud', UPLOAD_MAX_BYTES: 'lots', OWNER_PASSWORD: '' }),
        'The configuration has 4 faults:\n' +
          '  - PORT must be a whole number from 0 to 65535, not "99999"\n' +
          '  - LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, not "loud"\n' +
          '  - UPLOAD_MAX_BYTES must be a size such as 500MB or 10GB, not "lots"\n' +
          '  - OWNER_EMAIL and OWNER_PASSWORD must be given together\n',
      ],
    ];
    for (const [failed, message] of failures) {
      expect([await failed.ended, failed.errors, failed.output]).toEqual([1, message, '']);
    }
    await service.owner.get('/users/me').expect(200);
  });

  it('R60: finishes what is running when asked to stop, and writes no secret to its log', async () => {
    const secrets = {
      password: 'canary-password-4711',
      wrong: 'canary-wrong-password-4712',
      bearer: 'canary-bearer-4713',
      query: 'canary-query-4714',
      parameter: 'canary-parameter-4715',
      body: 'canary-body-4716',
    };
    const service = await start(folder(), {
      LOG_LEVEL: 'trace',
      LOG_FORMAT: 'json',
      DRAIN_DELAY_SECONDS: '4',
      SHUTDOWN_GRACE_SECONDS: '120',
      OWNER_PASSWORD: secrets.password,
    });
    const { owner, address } = service;
    await publishCsv(owner, csv(200_000), { dataset: 'people' });
    const apiToken = await owner.post('/api-tokens', { name: 'log', scopes: ['queries:read'] }).expect(201);
    await owner.post('/auth/login', { email: 'owner@example.com', password: secrets.wrong }).expect(401);
    await owner.post('/auth/login', { email: 'owner@example.com', password: [secrets.body] }).expect(400);
    await owner
      .with({ authorization: `Bearer ${secrets.bearer}` })
      .get('/users/me')
      .expect(401);
    await owner.get(`/uploads?token=${secrets.query}`).expect(400);
    await owner
      .post('/queries', {
        sql: 'select name from people where name = ?',
        parameters: [secrets.parameter],
        wait_ms: 30_000,
      })
      .expect(200);
    await request(address)
      .post('/api/v1/auth/login')
      .set('content-type', 'application/json')
      .send(`{"password": "${secrets.body}"`)
      .expect(400);

    const whole = await owner.post('/queries', { sql: 'select * from people', wait_ms: 30_000 }).expect(200);
    const file = await download(owner, `/queries/${(whole.body as Query).query_id}/download?format=csv`);
    const running = owner.post('/queries', { sql: slow, wait_ms: 30_000 }).then((answer) => answer);
    const upload = new SlowPost(owner, '/uploads', { 'content-type': 'text/csv', 'transfer-encoding': 'chunked' });
    await upload.write('id,name\n1,Ann\n');
    await until(async () => (await owner.get('/queries?state=running')).body.items.length === 1);

    const ended = service.end('SIGTERM');
    await until(async () => (await request(address).get('/health/ready')).status === 503);
    await until(async () => (await request(address).get('/health/live').catch(String)) === refused(address));
    expect((await text(file)).split('\r\n')).toHaveLength(200_002);
    upload.end('2,Bob\n');
    expect(await upload.answer).toMatchObject({ status: 201, body: { status: 'ready', bytes: 20 } });
    expect((await running).body).toMatchObject({ state: 'succeeded', rows: [['0']] });
    const answered = performance.now();
    expect(await ended).toBe(0);
    expect(performance.now() - answered).toBeLessThan(soonMs);

    const log = service.process.output + service.process.errors;
    expect(log).toContain('finishing what is running');
    for (const secret of [...Object.values(secrets), owner.token!, (apiToken.body as { token: string }).token]) {
      expect(log).not.toContain(secret);
    }
  });

  linux(
    'R21, R42, R48: loses nothing that it acknowledged to kills, leaves nothing half done',
    async () => {
      const directory = folder();
      let service = await start(directory);
      const killAndRestart = async () => {
        const children = service.process.children();
        expect(children.length).toBeGreaterThan(0);
        await service.end('SIGKILL');
        await until(() => Promise.resolve(!children.some(isAlive)));
        const left = temporaryFiles(directory);
        service = await start(directory);
        expect(temporaryFiles(directory).filter((name) => left.includes(name))).toEqual([]);
      };

      await publishCsv(service.owner, csv(50_000), { dataset: 'small' });
      const kept = await uploadCsv(service.owner, csv(10));
      const half = new SlowPost(service.owner, '/uploads?file_name=half.csv', {
        'content-type': 'text/csv',
        'content-length': '1000000',
      });
      await half.write(csv(1000));
      const accepted = await service.owner.post('/queries', { sql: endless, wait_ms: 0 });
      const { query_id: queryId } = accepted.body as Query;
      await until(async () => (await service.owner.get(`/queries/${queryId}`)).body.state === 'running');
      await killAndRestart();
      const uploads = (await service.owner.get('/uploads').expect(200)).body.items as Upload[];
      expect(uploads.map(({ file_name, status, upload_id }) => [file_name, status, upload_id === kept])).toEqual([
        ['half.csv', 'failed', false],
        ['file.csv', 'ready', true],
        ['small.csv', 'submitted', false],
      ]);
      expect((await service.owner.get(`/queries/${queryId}`).expect(200)).body).toMatchObject({
        state: 'failed',
        error: { kind: 'interrupted', message: 'The service stopped while the query ran.' },
      });

      const large = await submitCsv(service.owner, csv(800_000), { dataset: 'large' });
      const phase = async (crawlId: string) =>
        ((await service.owner.get(`/crawls/${crawlId}`).expect(200)).body as Crawl).phase;
      await until(async () => (await phase(large.crawl_id!)) === 'converting');
      await delay(200);
      await killAndRestart();
      expect(await crawlEnd(service.owner, large.crawl_id!)).toMatchObject({ state: 'succeeded' });
      expect(await versionOf(service.owner, large)).toMatchObject({ rows_in: 800_000, rows_stored: 800_000 });

      const crawl = (await service.owner.post('/crawls', { dataset: 'large' }).expect(202)).body as Crawl;
      await until(async () => (await phase(crawl.crawl_id)) !== 'queued');
      await killAndRestart();
      expect(await crawlEnd(service.owner, crawl.crawl_id)).toMatchObject({ state: 'succeeded' });

      const sum = await service.owner.post('/queries', { sql: 'select count(*), sum(id) from large', wait_ms: 30_000 });
      expect(sum.body).toMatchObject({ state: 'succeeded', rows: [['800000', '319999600000']] });
      const jobs = (await service.owner.get('/jobs?limit=200').expect(200)).body.items as JobView[];
      expect(jobs.map(({ state }) => state)).toEqual(jobs.map(() => 'succeeded'));
      for (const { job_id: jobId } of jobs) {
        const events = await readEvents(service.owner, `/jobs/${jobId}/events`);
        expect(events.filter(({ event }) => ['succeeded', 'failed', 'cancelled'].includes(event))).toHaveLength(1);
      }
      expect(temporaryFiles(directory).filter((name) => !name.startsWith('worker-'))).toEqual([]);
    },
    600_000,
  );
});
