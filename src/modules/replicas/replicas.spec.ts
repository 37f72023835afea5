import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { describePostgres } from '../../../test/support/postgres/describe-postgres.js';
import { openPostgres } from '../../../test/support/postgres/open-postgres.js';
import { temporaryFolders } from '../../../test/support/temporary-folder.js';
import type { Database } from '../../providers/database/database.js';
import { SqliteDatabase } from '../../providers/database/sqlite/sqlite.database.js';
import { Replicas, type ReplicaTables } from './replicas.js';

const seconds = (count: number) => count * 1000;

const known = async (database: Database) => {
  const rows = await database.tables<ReplicaTables>().selectFrom('replicas').select('replica_id').execute();
  return rows.map(({ replica_id }) => replica_id);
};

describePostgres('replicas of a shared database', (server) => {
  let database: Database;
  let clock: ManualClock;
  const begun: Replicas[] = [];

  beforeEach(async () => {
    clock = new ManualClock();
    database = await openPostgres(await server().createDatabase());
    await database.migrate();
  });
  afterEach(async () => {
    for (const each of begun.splice(0)) await each.onApplicationShutdown();
    await database.close();
  });

  const begin = async () => {
    const replicas = new Replicas(database, clock, pino({ level: 'silent' }));
    begun.push(replicas);
    await replicas.onModuleInit();
    return replicas;
  };

  it('are known until they leave', async () => {
    const [one, two] = [await begin(), await begin()];
    expect((await known(database)).toSorted()).toEqual([one.id, two.id].toSorted());
    await two.onApplicationShutdown();
    expect(await known(database)).toEqual([one.id]);
  });

  it('R42: are given up when nothing is seen of them, and enter themselves again when they come back', async () => {
    const [one, paused] = [await begin(), await begin()];
    await one.look();
    clock.advance(seconds(19));
    await one.look();
    expect(await known(database)).toHaveLength(2);
    clock.advance(seconds(2));
    await one.look();
    expect(await known(database)).toEqual([one.id]);
    await paused.look();
    expect(await known(database)).toHaveLength(2);
  });

  it('R47: are not given up because clocks differ or jump', async () => {
    const [one, ahead] = [await begin(), await begin()];
    await one.look();
    clock.jump(seconds(3600));
    await ahead.look();
    await one.look();
    clock.jump(seconds(-7200));
    await one.look();
    expect((await known(database)).toSorted()).toEqual([one.id, ahead.id].toSorted());
  });
});

describe('the one replica of an embedded database', () => {
  const createFolder = temporaryFolders();

  it('R42: knows at its start that every earlier one is gone', async () => {
    const database = await SqliteDatabase.open(join(createFolder(), 'tabletalk.db'));
    await database.migrate();
    await database.tables<ReplicaTables>().insertInto('replicas').values({ replica_id: 'rep_0', beat: 7 }).execute();
    const replicas = new Replicas(database, new ManualClock(), pino({ level: 'silent' }));
    await replicas.onModuleInit();
    expect(await known(database)).toEqual([replicas.id]);
    await database.close();
  });
});
