const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Schedules that people choose from; the empty one reads only when asked, and by webhooks. */
export const commonSchedules: readonly { readonly cron: string; readonly label: string }[] = [
  { cron: '*/15 * * * *', label: 'Every 15 minutes' },
  { cron: '*/30 * * * *', label: 'Every 30 minutes' },
  { cron: '0 * * * *', label: 'Every hour' },
  { cron: '0 */6 * * *', label: 'Every 6 hours' },
  { cron: '0 3 * * *', label: 'Every day at 03:00 UTC' },
  { cron: '0 3 * * 1', label: 'Every Monday at 03:00 UTC' },
  { cron: '', label: 'Only when asked, and by webhooks' },
];

/** A cron expression as people say it; undefined for one that is not of the usual forms. */
export function scheduleInWords(cron: string): string | undefined {
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== 5) return undefined;
  const [minute, hour, day, month, weekday] = fields as [string, string, string, string, string];
  if (month !== '*') return undefined;
  if (hour === '*' || hour.startsWith('*/')) {
    return day === '*' && weekday === '*' ? byIntervals(minute, hour) : undefined;
  }
  const time = timeOf(minute, hour);
  const when = day === '*' ? onDays(weekday) : weekday === '*' ? onDayOfMonth(day) : undefined;
  return time && when && `${when} at ${time} UTC`;
}

function byIntervals(minute: string, hour: string): string | undefined {
  const step = /^\*\/(\d+)$/.exec(minute)?.[1];
  if (hour === '*') {
    if (minute === '*' || step === '1') return 'every minute';
    if (step !== undefined) return `every ${step} minutes`;
    if (!isNumber(minute, 59)) return undefined;
    return Number(minute) === 0 ? 'every hour' : `every hour, ${Number(minute)} minutes past`;
  }
  const hours = /^\*\/(\d+)$/.exec(hour)?.[1];
  if (hours === undefined || !isNumber(minute, 59)) return undefined;
  const past = Number(minute) === 0 ? '' : `, ${Number(minute)} minutes past`;
  return `every ${hours === '1' ? 'hour' : `${hours} hours`}${past}`;
}

function timeOf(minute: string, hour: string): string | undefined {
  if (!isNumber(minute, 59) || !isNumber(hour, 23)) return undefined;
  return `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
}

function onDays(weekday: string): string | undefined {
  if (weekday === '*') return 'every day';
  if (weekday === '1-5') return 'Monday to Friday';
  const named = weekday.split(',').map((each) => (isNumber(each, 7) ? days[Number(each) % 7] : undefined));
  return named.every((each) => each !== undefined) ? `every ${named.join(' and ')}` : undefined;
}

function onDayOfMonth(day: string): string | undefined {
  return isNumber(day, 31) ? `on day ${Number(day)} of every month` : undefined;
}

function isNumber(text: string, most: number): boolean {
  return /^\d{1,2}$/.test(text) && Number(text) <= most;
}
