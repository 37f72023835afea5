import type { Filter } from './plan.js';

const UNITS = 'year|quarter|month|week|day';
const SHIFTS = new RegExp(
  `^(?:and |what about |how about |now |in |for |during |the |one )*(?:(?<unit>${UNITS}) (?<way>before|earlier|prior|after|later)(?: that)?|(?<wayBefore>previous|preceding|following) (?<unitAfter>${UNITS}))[\\s?.!]*$`,
);
const MONTHS = { year: 12, quarter: 3, month: 1 } as const;
const DAYS = { week: 7, day: 1 } as const;

/** `and the year before?`: the time filters of a plan, moved by one unit. Undefined when the question says something else. */
export function shiftTimes(question: string, filters: readonly Filter[]): readonly Filter[] | undefined {
  const found = SHIFTS.exec(question.trim().toLowerCase())?.groups;
  if (!found) return undefined;
  const unit = (found['unit'] ?? found['unitAfter']) as keyof typeof MONTHS | keyof typeof DAYS;
  const back = /before|earlier|prior|previous|preceding/.test(found['way'] ?? found['wayBefore'] ?? '');
  const moved = filters.map((filter) => moveTime(filter, unit, back ? -1 : 1));
  return moved.some((filter, index) => filter !== filters[index]) ? moved : undefined;
}

function moveTime(filter: Filter, unit: keyof typeof MONTHS | keyof typeof DAYS, by: 1 | -1): Filter {
  if (filter.kind === 'compare' && filter.operator === '=' && unit === 'year' && isYear(filter.value))
    return { ...filter, value: filter.value + by };
  if (filter.kind !== 'time' || filter.from === undefined || filter.to === undefined) return filter;
  const [from, to] = [moveDate(filter.from, unit, by), moveDate(filter.to, unit, by)];
  return { ...filter, from, to, label: `${from} to before ${to}` };
}

function isYear(value: number): boolean {
  return Number.isInteger(value) && value >= 1000 && value <= 2200;
}

function moveDate(date: string, unit: keyof typeof MONTHS | keyof typeof DAYS, by: number): string {
  const moved = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  if (unit === 'week' || unit === 'day') moved.setUTCDate(moved.getUTCDate() + by * DAYS[unit]);
  else moved.setUTCMonth(moved.getUTCMonth() + by * MONTHS[unit]);
  return moved.toISOString().slice(0, 10);
}
