import { describe, expect, it } from '@jest/globals';
import { commonSchedules, scheduleInWords } from './schedule-words';

describe('scheduleInWords', () => {
  it.each([
    ['*/15 * * * *', 'every 15 minutes'],
    ['* * * * *', 'every minute'],
    ['0 * * * *', 'every hour'],
    ['20 */6 * * *', 'every 6 hours, 20 minutes past'],
    ['5 3 * * *', 'every day at 03:05 UTC'],
    ['0 9 * * 1-5', 'Monday to Friday at 09:00 UTC'],
    ['0 9 * * 1,4', 'every Monday and Thursday at 09:00 UTC'],
    ['0 9 * * 7', 'every Sunday at 09:00 UTC'],
    ['30 22 1 * *', 'on day 1 of every month at 22:30 UTC'],
  ])('says %s', (cron, words) => expect(scheduleInWords(cron)).toBe(words));

  it.each(['', '0 9 * 2 *', '61 * * * *', '0 9 1 * 1', '0 9-17 * * *', '* * * *', '*/7 3 * * *'])(
    'says nothing wrong of %j',
    (cron) => expect(scheduleInWords(cron)).toBeUndefined(),
  );

  it('knows all that people choose from', () => {
    for (const { cron } of commonSchedules) if (cron) expect(scheduleInWords(cron)).toBeDefined();
  });
});
