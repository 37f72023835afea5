import type { Expression } from './ast.js';
import type { ExpressionWriter } from './expression-writer.js';
import type { Written } from './rule.js';

const FIELDS: Readonly<Record<string, string>> = {
  year: 'year',
  yearofweek: 'isoyear',
  yow: 'isoyear',
  quarter: 'quarter',
  month: 'month',
  week: 'week',
  day: 'day',
  dayofmonth: 'day',
  dayofweek: 'isodow',
  dow: 'isodow',
  dayofyear: 'dayofyear',
  doy: 'dayofyear',
  hour: 'hour',
  minute: 'minute',
  second: 'second',
  timezonehour: 'timezone_hour',
  timezoneminute: 'timezone_minute',
};

/** EXTRACT(field FROM moment). */
export function writeExtract(
  writer: ExpressionWriter,
  { this: moment, field }: { this: Expression; field: unknown },
): Written {
  const name = typeof field === 'string' ? field : Object.values(field as Record<string, string>).join('');
  const engineName = FIELDS[name.toLowerCase().replaceAll('_', '')];
  if (engineName === undefined)
    writer.context.refuse(`EXTRACT does not know ${name}.`, `It takes ${Object.keys(FIELDS).join(', ')}.`);
  return { sql: `${engineName}(${writer.write(moment).sql})`, type: 'bigint' };
}
