import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { temporaryFolders } from '../../../test/support/temporary-folder.js';
import { Config } from '../../config/config.js';
import { SqliteDatabase } from '../../providers/database/sqlite/sqlite.database.js';
import { FailedSignIns } from './failed-sign-ins.js';
import { SignInsPaused } from './password-errors.js';
import { SignInAttemptsRepository } from './sign-in-attempts.repository.js';

const minute = 60_000;

describe('FailedSignIns', () => {
  const createFolder = temporaryFolders();
  let database: SqliteDatabase;
  afterEach(() => database.close());

  const counted = async (settings: Record<string, string> = {}) => {
    const clock = new ManualClock();
    database = await SqliteDatabase.open(join(createFolder(), 'tabletalk.db'));
    await database.migrate();
    // Each process has one.
    const process = () => new FailedSignIns(new SignInAttemptsRepository(database, clock), Config.read(settings));
    return { clock, failures: process(), elsewhere: process() };
  };

  const failTimes = async (
    failures: FailedSignIns,
    times: number,
    address: (number: number) => string,
    account = 'ada',
  ) => {
    const locked: string[] = [];
    for (let number = 0; number < times; number += 1) {
      locked.push(...(await (await failures.begin(account, address(number))).failed()));
    }
    return locked;
  };

  it('pauses one account from one address after ten failures, and for nobody else', async () => {
    const { clock, failures } = await counted();
    expect(await failTimes(failures, 10, () => '10.0.0.1')).toEqual(['account_and_address']);
    await expect(failures.begin('ada', '10.0.0.1')).rejects.toThrow(SignInsPaused);
    await (await failures.begin('ada', '10.0.0.2')).succeeded();
    await (await failures.begin('grace', '10.0.0.1')).succeeded();
    clock.advance(15 * minute - 1000);
    await expect(failures.begin('ada', '10.0.0.1')).rejects.toThrow('Try again in 1 s.');
    clock.advance(1000);
    await (await failures.begin('ada', '10.0.0.1')).succeeded();
  });

  it('pauses an account everywhere only after a hundred failures', async () => {
    const { failures } = await counted();
    expect(await failTimes(failures, 99, (number) => `10.0.0.${number}`)).toEqual([]);
    expect(await failTimes(failures, 1, () => '10.0.1.1')).toEqual(['account']);
    await expect(failures.begin('ada', '10.0.2.1')).rejects.toThrow(SignInsPaused);
    await (await failures.begin('grace', '10.0.2.1')).succeeded();
  });

  it('pauses an address that tries many accounts, for a minute', async () => {
    const { clock, failures } = await counted();
    for (let number = 0; number < 100; number += 1) await (await failures.begin(`user${number}`, '10.0.0.1')).failed();
    await expect(failures.begin('ada', '10.0.0.1')).rejects.toThrow(SignInsPaused);
    await (await failures.begin('ada', '10.0.0.2')).succeeded();
    clock.advance(minute);
    await (await failures.begin('ada', '10.0.0.1')).succeeded();
  });

  it('forgives the failures of an account and address that get it right, and counts no success', async () => {
    const { failures } = await counted();
    for (let round = 0; round < 5; round += 1) {
      await failTimes(failures, 9, () => '10.0.0.1');
      await (await failures.begin('ada', '10.0.0.1')).succeeded();
    }
    for (let number = 0; number < 500; number += 1)
      await (await failures.begin(`user${number}`, '10.0.0.2')).succeeded();
  });

  it('takes back what could not be checked', async () => {
    const { failures } = await counted({ LOGIN_FAILURES_PER_ACCOUNT_AND_ADDRESS: '1' });
    await (await failures.begin('ada', '10.0.0.1')).abandoned();
    const trying = await failures.begin('ada', '10.0.0.1');
    await expect(failures.begin('ada', '10.0.0.1')).rejects.toThrow('Try again in 1 s.');
    expect(await trying.failed()).toEqual(['account_and_address']);
  });

  it('takes the addresses of one IPv6 network for one', async () => {
    const { failures } = await counted();
    await failTimes(failures, 10, (number) => `2001:db8::${number}`);
    await expect(failures.begin('ada', '2001:db8::ffff')).rejects.toThrow(SignInsPaused);
    await (await failures.begin('ada', '2001:db8:1::1')).succeeded();
  });

  it('R13: counts what fails in all processes together', async () => {
    const { failures, elsewhere } = await counted();
    await failTimes(failures, 5, () => '10.0.0.1');
    expect(await failTimes(elsewhere, 5, () => '10.0.0.1')).toEqual(['account_and_address']);
    await expect(failures.begin('ada', '10.0.0.1')).rejects.toThrow(SignInsPaused);
  });
});
