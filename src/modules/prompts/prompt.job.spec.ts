import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createQuickQueue } from '../../../test/support/quick-queue.js';
import { temporaryFolders } from '../../../test/support/temporary-folder.js';
import { until } from '../../../test/support/until.js';
import { SystemClock } from '../../providers/clock/system.clock.js';
import { SqliteDatabase } from '../../providers/database/sqlite/sqlite.database.js';
import { SqliteItemStore } from '../../providers/item-store/sqlite/sqlite.item-store.js';
import type { AccessHolds } from '../access/access-holds.js';
import type { Answers } from '../answers/answers.js';
import type { Authenticator } from '../auth/authenticator.js';
import type { PurgeJob } from '../workspaces/purge.job.js';
import { PromptJob } from './prompt.job.js';
import type { PromptItem } from './prompt.js';
import { PromptsRepository } from './prompts.repository.js';

const logger = pino({ level: 'silent' });
const item: PromptItem = {
  request: 'w#prompt_1',
  request_id: 'prompt_1',
  workspace_id: 'w',
  user_id: 'ada',
  human_prompt: 'How many?',
  status: 'PENDING',
  owner: 'w#ada',
  owner_status: 'w#ada#PENDING',
  created: '2026-01-01T00:00:00.000Z#prompt_1',
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
  caller: '{}',
  open: 'open',
  due_at: 0,
};

describe('PromptJob', () => {
  const createFolder = temporaryFolders();
  const clock = new SystemClock();
  let database: SqliteDatabase;
  let prompts: PromptsRepository;

  beforeEach(async () => {
    database = await SqliteDatabase.open(join(createFolder(), 'tabletalk.db'));
    await database.migrate();
    const purge = { alsoRemove: () => undefined } as unknown as PurgeJob;
    prompts = new PromptsRepository(new SqliteItemStore(database, clock), clock, purge);
    await prompts.insert(item);
  });
  afterEach(() => database.close());

  /** A process of the service with its own way to answer. */
  const replica = (answer: () => Promise<string>) => {
    const queue = createQuickQueue(database);
    const answers = { answer: async () => ({ kind: 'answer', answer: { content: await answer() } }) };
    const caller = { permissions: new Set(['chat:use', 'queries:run']) };
    const authenticator = { recall: async () => caller };
    const holds = { hold: () => () => undefined };
    new PromptJob(
      queue,
      prompts,
      answers as unknown as Answers,
      authenticator as unknown as Authenticator,
      holds as unknown as AccessHolds,
      logger,
    ).onModuleInit();
    return queue;
  };
  const found = () => prompts.find('w', 'prompt_1');

  it('R43: a worker that was paused beyond its lease changes nothing when it goes on', async () => {
    let goOn = () => undefined as void;
    let tooLate = false;
    const paused = replica(async () => {
      await new Promise<void>((resolve) => (goOn = resolve));
      tooLate = true;
      return 'too late';
    });
    await paused.enqueue({ kind: 'prompts.process', workspaceId: 'w', payload: { request_id: 'prompt_1' } });
    await paused.start();
    const first = await until(async () => (await found())?.attempt);
    // The other one takes over as if the lease had ended.
    const second = (await found())!;
    expect(await prompts.claim(second, 'try_other')).toBe(true);
    expect(await prompts.end(second, 'try_other', { status: 'PROCESSED', answer: 'in time' })).toBe(true);
    goOn();
    await until(async () => tooLate);
    await paused.stop(1000);
    expect(first).not.toBe('try_other');
    expect(await found()).toMatchObject({ status: 'PROCESSED', answer: 'in time' });
    expect(await prompts.end(second, 'try_other', { status: 'FAILED', error: '{}' })).toBe(false);
  });

  it('is done with a request that has ended already', async () => {
    let answered = 0;
    const queue = replica(async () => `${(answered += 1)}`);
    await queue.start();
    for (let each = 0; each < 2; each += 1) {
      const job = await queue.enqueue({
        kind: 'prompts.process',
        workspaceId: 'w',
        payload: { request_id: 'prompt_1' },
      });
      await until(async () => (await queue.get('w', job.job_id))?.state === 'succeeded');
    }
    await queue.stop(1000);
    expect(answered).toBe(1);
    expect(await found()).toMatchObject({ status: 'PROCESSED', answer: '1' });
  });

  it('tries again after a fault, and gives up after some', async () => {
    let tried = 0;
    const queue = replica(async () => {
      tried += 1;
      throw new Error('Always.');
    });
    await queue.start();
    await queue.enqueue({ kind: 'prompts.process', workspaceId: 'w', payload: { request_id: 'prompt_1' } });
    const end = await until(async () => {
      const now = await found();
      return now?.status === 'FAILED' && now;
    });
    await queue.stop(1000);
    expect(tried).toBe(3);
    expect(JSON.parse(end.error!)).toMatchObject({ type: '/problems/internal-error' });
  });
});
