import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import request from 'supertest';
import { Config } from '../../src/config/config.js';
import type { HttpToolRow } from '../../src/modules/tools/http-tools.repository.js';
import { ToolSecrets } from '../../src/modules/tools/tool-secrets.js';
import { batches } from '../../src/platform/batches.js';
import type { DependencyHealth, Health } from '../../src/modules/health/health.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { awsEnvironment, useAwsServices } from '../support/aws/environment.js';
import { type FakeKey, FakeKms } from '../support/aws/kms/fake-kms.js';
import { FakeGitLab } from '../support/platforms/fake-gitlab.js';
import { databaseSettings } from '../support/postgres/test-database.js';
import { ServiceProcess } from '../support/service.js';
import { type Connected, connectGitLab, platformSettings, synced } from '../support/sources.js';
import { until } from '../support/until.js';
import { json, WebServer } from '../support/web-server.js';

const thisYear = 'the master key of this year: 32 characters';
const lastYear = 'the master key of last year: 32 characters';
const toolSecret = 'canary-tool-secret';
const webhookSecret = 'canary-webhook-secret';
const kms = { SECRET_SEALER: 'kms', SECRETS_KMS_KEY_ID: 'alias/tabletalk' };

interface SecretRow {
  readonly sealed_secret: string;
}

describe('secrets of sources and tools', () => {
  let fake: FakeKms;
  let key: FakeKey;
  let gitlab: FakeGitLab;
  let outside: WebServer;
  let test: TestApp;
  let log: string[];

  beforeEach(async () => {
    gitlab = new FakeGitLab({ issues: 3, mergeRequests: 1 });
    [fake, outside] = await Promise.all([
      FakeKms.start(),
      WebServer.start((incoming, response) =>
        json(response, { greeted: incoming.headers.authorization !== undefined }),
      ),
      gitlab.start(),
    ]);
    key = fake.aliases.get('alias/tabletalk')!;
    useAwsServices({ KMS: fake.endpoint });
    log = [];
  });

  afterEach(async () => {
    await test.close();
    outside.close();
    await Promise.all([fake.close(), gitlab.close()]);
  });

  const settingsOf = (more: Record<string, string>) => ({
    ...platformSettings(),
    TOOLS_ALLOW_HTTP: 'true',
    TOOLS_ALLOWED_HOSTS: '127.0.0.1',
    MASTER_KEY: thisYear,
    ...more,
  });
  const start = async (more: Record<string, string> = {}, dataDirectory?: string) => {
    const logger = pino({ level: 'trace' }, { write: (line: string) => log.push(line) });
    test = await startApp({
      settings: settingsOf(more),
      logger,
      ...(dataDirectory !== undefined && { dataDirectory }),
    });
  };
  const restart = async (more: Record<string, string> = {}) => {
    await test.app.close();
    await start(more, test.dataDirectory);
  };
  /** The command that an operator gives, while the service is stopped. */
  const resealSecrets = async (more: Record<string, string>) => {
    const settings = { ...(await databaseSettings(test.dataDirectory)), ...settingsOf(more), LOG_LEVEL: 'info' };
    const environment = { ...settings, ...awsEnvironment({ KMS: fake.endpoint }) };
    const command = new ServiceProcess(test.dataDirectory, environment, 'reseal-secrets');
    return { code: await command.ended, output: command.output + command.errors };
  };
  const greeter = (name: string) => ({
    name,
    description: 'Greets.',
    input_schema: { type: 'object', properties: {} },
    method: 'GET',
    url: `${outside.address}/greet`,
    headers: { authorization: 'Bearer {{secret}}' },
    secret: toolSecret,
  });
  const greets = async (name: string) => {
    const { content } = (await test.owner.post(`/tools/${name}/test`, { input: {} }).expect(200)).body;
    expect(content).toContain('"greeted":true');
    expect(outside.requests.at(-1)!.headers.authorization).toBe(`Bearer ${toolSecret}`);
  };
  const connect = async (name: string) => {
    const source = await connectGitLab(test.owner, gitlab, { name, webhook_secret: webhookSecret });
    expect(await synced(test.owner, source.source_id)).toMatchObject({ state: 'succeeded' });
    return source;
  };
  const sync = async ({ source_id: sourceId }: Connected) => {
    const { body } = await test.owner.post(`/sources/${sourceId}/sync`, {}).expect(202);
    return synced(test.owner, sourceId, body.job_id as string);
  };
  const sealed = async () => {
    const tables = test.app.adapters.database.tables<{ sources: SecretRow; http_tools: SecretRow }>();
    const rows = [
      ...(await tables.selectFrom('sources').select('sealed_secret').execute()),
      ...(await tables.selectFrom('http_tools').select('sealed_secret').execute()),
    ];
    return rows.map(({ sealed_secret: text }) => text);
  };
  const health = async () => (await (await fetch(`${test.address}/health`)).json()) as Health;
  const ofSecrets = ({ dependencies }: Health): DependencyHealth =>
    dependencies.find(({ name }) => name === 'secrets')!;
  const forms = async () => (await sealed()).map((text) => (text.startsWith('kms1.') ? 'kms' : 'local'));

  it('R60: are encrypted with data keys of KMS, and stand in no row, answer or log', async () => {
    await start(kms);
    const source = await connect('Shop');
    const tool = await test.owner.post('/tools', greeter('greeter')).expect(201);
    await greets('greeter');
    expect(await sync(source)).toMatchObject({ state: 'succeeded' });
    expect((await test.owner.post(`/sources/${source.source_id}/test`).expect(200)).body.account).toBe('tabletalk-bot');
    expect(await forms()).toEqual(['kms', 'kms']);
    expect(ofSecrets(await health())).toEqual({ name: 'secrets', required: false, status: 'up', detail: 'AWS KMS' });

    const shown = [source, tool.body, (await test.owner.get('/sources').expect(200)).body];
    const decoded = (await sealed()).flatMap((text) => text.split('.').map((part) => Buffer.from(part, 'base64url')));
    const written = [await sealed(), decoded.map(String), shown, log].map((each) => inspect(each, { depth: 9 })).join();
    for (const secret of [gitlab.token, webhookSecret, toolSecret, ...fake.dataKeys])
      expect(written).not.toContain(secret);
    expect(fake.uses.map(({ context }) => context)).toContainEqual({
      'tabletalk:workspace': test.workspaceId,
      'tabletalk:kind': 'source',
      'tabletalk:id': source.source_id,
    });
  });

  it('R1: open for the row that they were sealed for alone', async () => {
    await start(kms);
    await connect('Shop');
    for (const name of ['one', 'two']) await test.owner.post('/tools', greeter(name)).expect(201);
    await test.app.adapters.database
      .tables<{ http_tools: SecretRow & { name: string } }>()
      .updateTable('http_tools')
      .set(({ selectFrom }) => ({
        sealed_secret: selectFrom('http_tools as other').select('other.sealed_secret').where('other.name', '=', 'one'),
      }))
      .where('name', '=', 'two')
      .execute();
    await greets('one');
    const before = outside.connections;
    const { body } = await test.owner.post('/tools/two/test', { input: {} }).expect(409);
    expect(body.type).toBe('/problems/tool-secret-unreadable');
    expect(outside.connections).toBe(before);
  });

  it('ask KMS once for many webhooks', async () => {
    await start(kms);
    const source = await connect('Shop');
    const before = fake.count('Decrypt');
    const send = (token: string) =>
      request(test.address)
        .post(source.webhook_path)
        .set({ 'x-gitlab-token': token, 'x-gitlab-event': 'Push Hook', 'content-type': 'application/json' })
        .send('{}');
    await Promise.all(Array.from({ length: 20 }, (_, index) => send(index % 2 ? webhookSecret : 'forged')));
    await send('forged').expect(401);
    expect(fake.count('Decrypt') - before).toBeLessThanOrEqual(1);
  });

  it('R60: leave the rest as it is while their key is disabled, and say what to do', async () => {
    await start(kms);
    const source = await connect('Shop');
    await test.owner.post('/tools', greeter('greeter')).expect(201);
    key.state = 'Disabled';
    await restart(kms);
    const failed = await sync(source);
    expect(failed).toMatchObject({ state: 'failed', error: { type: '/problems/secret-key-unusable' } });
    const { body } = await test.owner.post('/tools/greeter/test', { input: {} }).expect(503);
    expect(body).toMatchObject({ type: failed.error!.type, detail: expect.stringContaining('disabled') });
    expect(await (await fetch(`${test.address}${body.type}`)).text()).toContain('enable the key in AWS KMS');
    await test.owner.post('/tools', greeter('another')).expect(503);
    await test.owner.get('/tools/another').expect(404);
    await test.owner.get('/sources').expect(200);
    expect((await fetch(`${test.address}/health/ready`)).status).toBe(200);
    const { status, dependencies } = await health();
    expect(status).toBe('degraded');
    expect(dependencies).toContainEqual({
      name: 'secrets',
      required: false,
      status: 'down',
      message: expect.stringMatching(/is disabled, .* The reason is DisabledException/),
    });

    key.state = 'Enabled';
    await greets('greeter');
    expect(await sync(source)).toMatchObject({ state: 'succeeded' });
  });

  it('R60: are waited for by a sync while KMS takes no requests', async () => {
    await start(kms);
    const source = await connect('Shop');
    await restart(kms);
    fake.throttles = true;
    const { body } = await test.owner.post(`/sources/${source.source_id}/sync`, {}).expect(202);
    await until(async () => {
      const { error } = (await test.owner.get(`/jobs/${body.job_id}`).expect(200)).body;
      return (
        error?.detail === 'The service that encrypts secrets cannot be reached, or takes no more requests just now.'
      );
    }, 30_000);
    fake.throttles = false;
    expect(await synced(test.owner, source.source_id, body.job_id as string)).toMatchObject({ state: 'succeeded' });
  });

  it('move from the master key to KMS and back, when they are written and all at once', async () => {
    await start();
    const source = await connect('Shop');
    for (const name of ['one', 'two']) await test.owner.post('/tools', greeter(name)).expect(201);
    expect(await forms()).toEqual(['local', 'local', 'local']);
    expect(ofSecrets(await health())).toMatchObject({ status: 'up', detail: 'master key' });

    await restart(kms);
    expect(await sync(source)).toMatchObject({ state: 'succeeded' });
    await Promise.all([greets('one'), greets('two')]);
    await test.owner.patch('/tools/two', { secret: toolSecret }).expect(200);
    expect((await forms()).toSorted()).toEqual(['kms', 'local', 'local']);

    await test.app.close();
    const moved = await resealSecrets(kms);
    expect(moved).toMatchObject({ code: 0, output: expect.stringContaining('AWS KMS') });
    expect(moved.output).not.toContain('canary');
    // Not even the old master key is needed now.
    await start({ ...kms, MASTER_KEY: lastYear }, test.dataDirectory);
    expect(await forms()).toEqual(['kms', 'kms', 'kms']);
    expect(await sync(source)).toMatchObject({ state: 'succeeded' });
    await greets('one');

    await test.app.close();
    expect(await resealSecrets({ SECRETS_KMS_KEY_ID: 'alias/tabletalk' })).toMatchObject({ code: 0 });
    await start({}, test.dataDirectory);
    expect(await forms()).toEqual(['local', 'local', 'local']);
    expect(await sync(source)).toMatchObject({ state: 'succeeded' });
  });

  it('are found, all of them and each once, to be sealed anew, and left alone by whoever comes too late', async () => {
    await start();
    await test.owner.post('/tools', greeter('greeter')).expect(201);
    await test.owner.post('/tools', { ...greeter('bare'), headers: {}, secret: null }).expect(201);
    const tables = test.app.adapters.database.tables<{ http_tools: HttpToolRow }>();
    const row = await tables
      .selectFrom('http_tools')
      .selectAll()
      .where('name', '=', 'greeter')
      .executeTakeFirstOrThrow();
    const names = Array.from({ length: 1100 }, (_, index) => `tool_${index}`);
    for (const some of batches(names, 50)) {
      await tables
        .insertInto('http_tools')
        .values(some.map((name) => ({ ...row, name })))
        .execute();
    }
    const found: string[] = [];
    for await (const { binding, replace } of test.app.nest.get(ToolSecrets).stored()) {
      found.push(binding.id);
      if (binding.id !== 'greeter') continue;
      await test.owner.patch('/tools/greeter', { secret: toolSecret }).expect(200);
      expect(await replace('what another secret was sealed to')).toBe(false);
    }
    expect(found.toSorted()).toEqual(['greeter', ...names].toSorted());
    await greets('greeter');
  });

  it('R10: outlive a rotation of the master key, once they are sealed anew', async () => {
    await start({ MASTER_KEY: lastYear });
    const source = await connect('Shop');
    await test.owner.post('/tools', greeter('greeter')).expect(201);
    await test.app.close();
    expect(await resealSecrets({})).toMatchObject({ code: 1, output: expect.stringContaining('must be set anew') });
    expect(await resealSecrets({ PREVIOUS_MASTER_KEYS: lastYear })).toMatchObject({ code: 0 });
    await start({}, test.dataDirectory);
    await greets('greeter');
    expect(await sync(source)).toMatchObject({ state: 'succeeded' });
  });
});

describe('settings of secrets', () => {
  it.each([
    [{ SECRET_SEALER: 'kms' }, /SECRET_SEALER=kms needs SECRETS_KMS_KEY_ID/],
    [{ PROVIDERS: 'aws', S3_BUCKET: 'lake' }, /PROVIDERS=aws chooses, needs SECRETS_KMS_KEY_ID.*SECRET_SEALER=local/],
  ])('refuses %j', (environment, reason) => {
    expect(() => Config.read(environment)).toThrow(reason);
  });

  it('lets the master key go on where AWS is chosen for the rest', () => {
    const config = Config.read({ PROVIDERS: 'aws', S3_BUCKET: 'lake', SECRET_SEALER: 'local' });
    expect(config).toMatchObject({ providers: 'aws', secretSealer: 'local' });
  });
});
