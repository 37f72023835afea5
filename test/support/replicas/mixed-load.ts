import { expect } from '@jest/globals';
import type { PostgresServer } from '../postgres/postgres-server.js';
import { until } from '../until.js';
import { ChatLoad, slowAnswer } from './chat-load.js';
import type { Fleet } from './fleet.js';
import { QueryLoad } from './query-load.js';
import { type Patience, Requests } from './requests.js';
import { SavedQueryLoad } from './saved-query-load.js';
import { UploadLoad } from './upload-load.js';

const progressMs = 120_000;

/** Everything that people do, all at the same time. */
export class MixedLoad {
  readonly chat: ChatLoad;
  private readonly saved: SavedQueryLoad;
  private readonly queries: QueryLoad;
  private readonly uploads: UploadLoad;

  private constructor(private readonly requests: Requests) {
    this.chat = new ChatLoad(requests);
    this.saved = new SavedQueryLoad(requests);
    this.queries = new QueryLoad(requests);
    this.uploads = new UploadLoad(requests);
  }

  static async begin(fleet: Fleet, patience: Patience): Promise<MixedLoad> {
    fleet.model.answerWith(slowAnswer);
    const load = new MixedLoad(new Requests(fleet.owner, patience));
    await load.uploads.prepare();
    await load.queries.prepare();
    load.saved.begin(1);
    load.queries.begin(2);
    load.uploads.begin(1);
    load.chat.begin(2);
    return load;
  }

  get failures(): readonly string[] {
    return this.requests.failures;
  }

  /** Resolves when each kind of work has been done once more. */
  async progress(): Promise<void> {
    const all = [this.saved, this.queries, this.uploads, this.chat];
    const before = all.map(({ done }) => done);
    const isFurther = () => all.every(({ done }, index) => done > before[index]!);
    await until(async () => isFurther() || this.failures.length > 0, progressMs);
    expect(this.failures).toEqual([]);
  }

  /** Ends when all that was begun has been done. */
  async end(): Promise<void> {
    await Promise.all([this.saved.end(), this.queries.end(), this.uploads.end(), this.chat.end()]);
  }

  /** Nothing that was acknowledged is lost, and nothing was done twice. */
  async verify(server: PostgresServer, database: string): Promise<void> {
    await this.saved.verify();
    await this.queries.verify(server, database);
    await this.uploads.verify();
    await this.chat.verify();
    await expectJobsEnded(server, database);
    this.requests.close();
  }
}

async function expectJobsEnded(server: PostgresServer, database: string): Promise<void> {
  const unfinished = () => server.execute(`select * from jobs where state in ('queued', 'running')`, database);
  await until(async () => (await unfinished()).rows.length === 0);
  const { rows } = await server.execute(
    `select jobs.kind, jobs.state, count(*) as ends from jobs join job_events using (job_id)
     where type in ('succeeded', 'failed', 'cancelled') group by jobs.job_id, jobs.kind, jobs.state`,
    database,
  );
  const { rows: jobs } = await server.execute('select kind, state from jobs', database);
  expect(jobs.filter(({ state }) => state !== 'succeeded')).toEqual([]);
  expect(rows.filter(({ ends }) => ends !== '1')).toEqual([]);
  expect(rows).toHaveLength(jobs.length);
}
