import type { CatalogTable } from '../../../providers/catalog/catalog.js';
import type { Check } from './check.js';
import { checkJoins } from './join-check.js';
import type { ResultTable } from './result-table.js';
import { isNumeric } from './result-table.js';

const shares = /(?:^|_)(?:share|percentage|percent|pct|proportion|fraction)(?:$|_)/i;

/** Looks at a result for what makes answers wrong that look right. What is fine is said too, once. */
export function checkResult(result: ResultTable, sql: string, tables: readonly CatalogTable[]): readonly Check[] {
  if (result.rowCount === 0) return [bad('empty_result', 'The query found no rows.')];
  const faults = [
    ...missingMeasures(result),
    ...cutShort(result),
    ...impossibleShares(result),
    ...checkJoins(sql, tables),
  ];
  return faults.length > 0
    ? faults
    : [{ name: 'result', ok: true, detail: 'Rows, values and limits are as expected.' }];
}

function missingMeasures({ columns, rows }: ResultTable): Check[] {
  return columns.flatMap(({ name }, at) =>
    rows.every((row) => row[at] === null)
      ? [bad('null_measure', `The column ${name} holds nothing but missing values.`)]
      : [],
  );
}

function cutShort({ truncated, atLimit, rowCount }: ResultTable): Check[] {
  if (truncated) return [bad('truncated', `The result was cut after ${rowCount} rows; there are more.`)];
  if (atLimit)
    return [
      bad('limit_reached', `The statement asks for at most ${rowCount} rows, and that many came: there may be more.`),
    ];
  return [];
}

function impossibleShares({ columns, rows }: ResultTable): Check[] {
  return columns.flatMap(({ name, type }, at) => {
    if (!shares.test(name) || !isNumeric(type)) return [];
    const isOut = rows.some((row) => row[at] !== null && (Number(row[at]) < 0 || Number(row[at]) > 100.000001));
    return isOut ? [bad('share_out_of_range', `The column ${name} should lie between 0 and 100, and does not.`)] : [];
  });
}

function bad(name: string, detail: string): Check {
  return { name, ok: false, detail };
}
