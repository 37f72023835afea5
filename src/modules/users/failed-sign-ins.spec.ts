import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { Config } from '../../config/config.js';
import { FailedSignIns } from './failed-sign-ins.js';
import { SignInsPaused } from './password-errors.js';

const minute = 60_000;

describe('FailedSignIns', () => {
  const counted = (settings: Record<string, string> = {}) => {
    const clock = new ManualClock();
    return { clock, failures: new FailedSignIns(Config.read(settings), clock) };
  };

  const failTimes = (failures: FailedSignIns, times: number, address: (number: number) => string, account = 'ada') => {
    const locked: string[] = [];
    for (let number = 0; number < times; number += 1) {
      locked.push(...failures.begin(account, address(number)).failed());
    }
    return locked;
  };

  it('pauses one account from one address after ten failures, and for nobody else', () => {
    const { clock, failures } = counted();
    expect(failTimes(failures, 10, () => '10.0.0.1')).toEqual(['account_and_address']);
    expect(() => failures.begin('ada', '10.0.0.1')).toThrow(SignInsPaused);
    failures.begin('ada', '10.0.0.2').succeeded();
    failures.begin('grace', '10.0.0.1').succeeded();
    clock.advance(15 * minute - 1000);
    expect(() => failures.begin('ada', '10.0.0.1')).toThrow('Try again in 1 s.');
    clock.advance(1000);
    failures.begin('ada', '10.0.0.1').succeeded();
  });

  it('pauses an account everywhere only after a hundred failures', () => {
    const { failures } = counted();
    expect(failTimes(failures, 99, (number) => `10.0.0.${number}`)).toEqual([]);
    expect(failTimes(failures, 1, () => '10.0.1.1')).toEqual(['account']);
    expect(() => failures.begin('ada', '10.0.2.1')).toThrow(SignInsPaused);
    failures.begin('grace', '10.0.2.1').succeeded();
  });

  it('pauses an address that tries many accounts, for a minute', () => {
    const { clock, failures } = counted();
    for (let number = 0; number < 100; number += 1) failures.begin(`user${number}`, '10.0.0.1').failed();
    expect(() => failures.begin('ada', '10.0.0.1')).toThrow(SignInsPaused);
    failures.begin('ada', '10.0.0.2').succeeded();
    clock.advance(minute);
    failures.begin('ada', '10.0.0.1').succeeded();
  });

  it('forgives the failures of an account and address that get it right, and counts no success', () => {
    const { failures } = counted();
    for (let round = 0; round < 5; round += 1) {
      failTimes(failures, 9, () => '10.0.0.1');
      failures.begin('ada', '10.0.0.1').succeeded();
    }
    for (let number = 0; number < 500; number += 1) failures.begin(`user${number}`, '10.0.0.2').succeeded();
  });

  it('takes back what could not be checked', () => {
    const { failures } = counted({ LOGIN_FAILURES_PER_ACCOUNT_AND_ADDRESS: '1' });
    failures.begin('ada', '10.0.0.1').abandoned();
    const trying = failures.begin('ada', '10.0.0.1');
    expect(() => failures.begin('ada', '10.0.0.1')).toThrow('Try again in 1 s.');
    expect(trying.failed()).toEqual(['account_and_address']);
  });

  it('takes the addresses of one IPv6 network for one', () => {
    const { failures } = counted();
    failTimes(failures, 10, (number) => `2001:db8::${number}`);
    expect(() => failures.begin('ada', '2001:db8::ffff')).toThrow(SignInsPaused);
    failures.begin('ada', '2001:db8:1::1').succeeded();
  });
});
