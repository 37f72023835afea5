import { afterEach, describe, expect, it } from '@jest/globals';
import { calling, speaking } from '../support/models/say.js';
import { FakeOpenAiServer } from '../support/models/fake-openai-server.js';
import { publishCsv } from '../support/publishing.js';
import { Service } from '../support/service.js';
import { temporaryFolders } from '../support/temporary-folder.js';
import { until } from '../support/until.js';

interface Shown {
  readonly status: string;
  readonly answer?: string;
  readonly error?: unknown;
}

interface ListedQuery {
  readonly query_id: string;
  readonly sql: string;
  readonly state: string;
}

const sql = 'SELECT count(*) AS n FROM orders';

describe('prompt requests whose process is killed', () => {
  const createFolder = temporaryFolders();
  const running: Service[] = [];
  let model: FakeOpenAiServer | undefined;
  afterEach(async () => {
    await Promise.all(running.splice(0).map((service) => service.end('SIGKILL')));
    await model?.close();
  });

  const queriesOf = async (service: Service) =>
    ((await service.owner.get('/queries').expect(200)).body as { items: ListedQuery[] }).items;

  it('R42: go on with what their query has found, and do not run it again', async () => {
    model = await new FakeOpenAiServer().listen();
    const settings = {
      LANGUAGE_MODEL: 'openai-compatible',
      OPENAI_BASE_URL: `${model.address}/v1`,
      OPENAI_MODEL_ID: 'local-model',
      OPENAI_API_KEY: 'sk-test-key',
    };
    const folder = createFolder();
    const start = async () => {
      const service = await Service.start(folder, settings);
      running.push(service);
      return service;
    };
    const first = await start();
    await publishCsv(first.owner, 'city,amount\nLisbon,1\nPorto,2\n', { dataset: 'orders' });
    model.answerWith(calling('run_sql', { sql }), { ...speaking('never heard of'), pause: 60_000 });
    const { body } = await first.owner.post('/prompts', { prompt: 'How many orders are there?' }).expect(202);
    const { request_id } = body as { request_id: string };
    await until(async () => model!.requestCount === 2);
    const [before] = await queriesOf(first);
    expect(before).toMatchObject({ sql, state: 'succeeded' });
    await first.end('SIGKILL');

    model.answerWith(calling('run_sql', { sql }), speaking('There are {{r0.n}}.'));
    const second = await start();
    const shown = await until(async () => {
      const now = (await second.owner.get(`/prompts/${request_id}`).expect(200)).body as Shown;
      return (now.status === 'PROCESSED' || now.status === 'FAILED') && now;
    });
    expect(shown).toMatchObject({ status: 'PROCESSED', answer: 'There are 2.' });
    expect(await queriesOf(second)).toEqual([before]);
    const result = await second.owner.get(`/prompts/${request_id}/result`).expect(200);
    expect(result.text).toBe('n\r\n2\r\n');
  });
});
