import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Logger, pino } from 'pino';
import { temporaryFolders } from '../../../test/support/temporary-folder.js';
import { until } from '../../../test/support/until.js';
import { withRequestId } from '../../platform/http/request-context.js';
import { Database } from '../../providers/database/database.js';
import { SqliteDatabase } from '../../providers/database/sqlite/sqlite.database.js';
import { SystemClock } from '../../providers/clock/system.clock.js';
import { AuditLog } from './audit.log.js';
import type { AuditTables } from './audit.tables.js';

const read = { workspaceId: 'w', userId: 'u', action: 'table.read', outcome: 'allowed' } as const;

describe('AuditLog', () => {
  let database: SqliteDatabase;
  let logger: Logger;

  beforeEach(async () => {
    database = await SqliteDatabase.open(join(createFolder(), 'tabletalk.db'));
    await database.migrate();
    logger = pino({ level: 'silent' });
  });

  afterEach(() => database.close());
  const createFolder = temporaryFolders();

  const auditLog = (over: Database = database) => new AuditLog(over, new SystemClock(), logger);
  const events = () => database.tables<AuditTables>().selectFrom('audit_events').selectAll().execute();
  const within = <Result>(requestId: string, work: () => Result) =>
    new Promise<Result>((resolve) => withRequestId(requestId, () => resolve(work())));

  it('keeps an event if and only if the change is kept', async () => {
    const audit = auditLog();
    const failing = database.transaction(async (transaction) => {
      await audit.record({ ...read, action: 'feed.created' }, transaction);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await database.transaction((transaction) => audit.record({ ...read, action: 'feed.deleted' }, transaction));
    expect((await events()).map(({ action }) => action)).toEqual(['feed.deleted']);
  });

  it('names the request in which something was noted, also when others are written with it', async () => {
    const audit = auditLog();
    await within('request-1', () => audit.note({ ...read, object: 'a' }));
    await within('request-2', () => audit.note({ ...read, object: 'b' }));
    audit.note({ ...read, object: 'c' });
    await audit.flush();
    const found = (await events()).map(({ object, request_id }) => [object, request_id]);
    expect(found.sort()).toEqual([
      ['a', 'request-1'],
      ['b', 'request-2'],
      ['c', null],
    ]);
  });

  it('writes what was noted when the service stops, also while an earlier batch is being written', async () => {
    const audit = auditLog();
    for (let each = 0; each < 120; each += 1) audit.note(read);
    void audit.flush();
    audit.note(read);
    await audit.onApplicationShutdown();
    expect(await events()).toHaveLength(121);
  });

  it('tells which API token acted, and nothing of a session', async () => {
    const audit = auditLog();
    await audit.record({ ...read, object: '1', credential: { kind: 'api_token', id: 'tok_1' }, detail: { rows: 2 } });
    await audit.record({ ...read, object: '2', credential: { kind: 'session', id: 'ses_1' } });
    const details = (await events()).map(({ object, detail }) => [object, detail]);
    expect(details.sort()).toEqual([
      ['1', '{"rows":2,"api_token":"tok_1"}'],
      ['2', null],
    ]);
  });

  it('keeps what could not be written and tries again', async () => {
    const audit = auditLog(new FailingOnce(database));
    audit.note(read);
    await audit.flush();
    expect(await events()).toEqual([]);
    audit.note(read);
    await until(async () => (await events()).length === 2);
  });
});

/** A database whose disk is full for one transaction. */
class FailingOnce extends Database {
  readonly isShared = false;
  readonly rowIdentity = 'rowid';
  private failed = false;

  constructor(private readonly real: SqliteDatabase) {
    super();
  }

  tables: Database['tables'] = () => this.real.tables();
  migrate = () => this.real.migrate();
  ping = () => this.real.ping();
  close = () => this.real.close();

  transaction: Database['transaction'] = async (work) => {
    if (this.failed) return this.real.transaction(work);
    this.failed = true;
    throw new Error('disk full');
  };
}
