import type { Measure, Order, Plan } from '../../../translator/plan.js';
import { sayMeasure } from '../../../translator/wording/say-measure.js';
import { shownRows } from './markdown-table.js';
import { columnWords, dimensionWords, filtersWords, listed } from './plan-words.js';
import type { ResultTable } from './result-table.js';
import { inertText } from './inert-text.js';
import { rowsWords } from './table-words.js';

/** What a plan's result says, in a sentence whose values are references to cells, with the first rows where there are several. */
export function sayResult(plan: Plan, result: ResultTable): string {
  if (isEmpty(plan, result)) return sayNothing(plan);
  if (plan.exists) return sayExistence(plan, result);
  if (plan.measures.length > 0 && plan.dimensions.length === 0) return sayMeasures(plan, result);
  if (result.rowCount === 1 && result.rows[0]) return sayOneRow(plan, result);
  return [`${heading(plan)}${extent(result)}`, '{{table}}'].join('\n\n');
}

/** No rows, or aggregates over none. */
export function isEmpty(plan: Plan, { rows }: ResultTable): boolean {
  if (rows.length === 0) return true;
  const isOverall = plan.measures.length > 0 && plan.dimensions.length === 0;
  return isOverall && rows[0]!.every((cell) => cell === null);
}

function sayNothing(plan: Plan): string {
  return `No ${rowsWords(plan.tables[0]!)}${filtersWords(plan)} match: no data means no numbers.`;
}

function sayExistence(plan: Plan, { rows }: ResultTable): string {
  const [found, count] = rows[0]!;
  const what = filtersWords(plan);
  if (found !== true) return `No, there are no ${rowsWords(plan.tables[0]!)}${what}.`;
  const isOne = String(count) === '1';
  return `Yes, there ${isOne ? 'is' : 'are'} {{r0.c1}} ${rowsWords(plan.tables[0]!, isOne ? 'one' : 'many')}${what}.`;
}

function sayMeasures(plan: Plan, { rows }: ResultTable): string {
  const { measures } = plan;
  const [only] = measures;
  const filters = filtersWords(plan);
  const table = plan.tables[0]!;
  if (measures.length === 1 && only?.aggregate === 'count' && !only.column) {
    const isOne = String(rows[0]![0]) === '1';
    return `There ${isOne ? 'is' : 'are'} {{r0.c0}} ${rowsWords(table, isOne ? 'one' : 'many')}${filters}.`;
  }
  if (measures.length === 1 && only?.aggregate === 'count_distinct') {
    return `There are {{r0.c0}} different values of ${columnWords(only.column!)} among the ${rowsWords(table)}${filters}.`;
  }
  const said = measures.map((each, at) => `${measureName(each, table)} is ${cellOf(each, at)}`);
  return `For ${filters ? `${rowsWords(table)}${filters}` : `all ${rowsWords(table)}`}, ${listed(said.map((each) => `the ${each}`))}.`;
}

function cellOf(measure: Measure, at: number): string {
  return `{{r0.c${at}}}${measure.aggregate === 'share' && !measure.fraction ? ' %' : ''}`;
}

/** One row: what it is about, then what is known of it. */
function sayOneRow(plan: Plan, result: ResultTable): string {
  const { measures, dimensions, order, limit } = plan;
  const visible = dimensions.filter(({ hidden }) => !hidden);
  const isWinner = limit === 1 && order.length === 1 && visible.length > 0 && measures.length > 0;
  if (isWinner) {
    const who = visible.map((_, at) => `{{r0.c${at}}}`).join(', ');
    const values = measures.map(
      (each, at) => `{{r0.c${visible.length + at}}}${each.aggregate === 'share' && !each.fraction ? ' %' : ''}`,
    );
    const rank = rankWords(plan);
    const measured = orderedBy(order[0]!, plan);
    return `The ${listed(visible.map(dimensionWords))} with the ${rank} ${measured}${filtersWords(plan)} is ${who}, with ${listed(values)}.`;
  }
  if (result.columns.length === 1) return `${heading(plan, true)}: {{r0.c0}}.`;
  return [`${heading(plan, true)}:`, '{{table}}'].join('\n\n');
}

function rankWords({ order, offset }: Plan): string {
  const end = order[0]!.descending ? 'highest' : 'lowest';
  return offset === undefined ? end : `${ordinal(offset + 1)} ${end}`;
}

function ordinal(place: number): string {
  const last = place % 10;
  const ending = Math.floor(place / 10) % 10 === 1 ? 'th' : (['th', 'st', 'nd', 'rd'][last] ?? 'th');
  return `${place}${ending}`;
}

function orderedBy({ by }: Order, { tables }: Plan): string {
  return 'aggregate' in by ? measureName(by, tables[0]!).replace(/^(?:highest|lowest) /, '') : dimensionWords(by);
}

function heading(plan: Plan, isOne = false): string {
  const { measures, dimensions, columns, distinct, tables } = plan;
  const table = tables[0]!;
  const visible = dimensions.filter(({ hidden }) => !hidden);
  const filters = filtersWords(plan);
  const parts: string[] = [];
  if (measures.length > 0)
    parts.push(
      `${listed(measures.map((each) => measureName(each, table)))}${isCounting(measures) ? '' : ` of ${rowsWords(table)}`}${filters} by ${listed(visible.map(dimensionWords))}`,
    );
  else if (visible.length > 0) parts.push(`${listed(visible.map(dimensionWords))} of ${rowsWords(table)}${filters}`);
  else {
    const shown = listed(columns.map(columnWords));
    const rows = rowsWords(table, isOne ? 'one' : 'many');
    parts.push(
      shown
        ? `${distinct ? 'different values of ' : ''}${shown} of ${rowsWords(table)}${filters}`
        : `${rows}${filters}`,
    );
  }
  const [first] = plan.order;
  if (first && !isOne) parts.push(`from ${first.descending ? 'highest' : 'lowest'} ${orderedBy(first, plan)}`);
  return capitalised(parts.join(', '));
}

function isCounting(measures: readonly Measure[]): boolean {
  return (
    measures.some(({ aggregate, column }) => aggregate === 'count' && !column) ||
    measures.some(({ aggregate }) => aggregate === 'share')
  );
}

function extent({ rowCount, rows }: ResultTable): string {
  const shown = Math.min(shownRows, rows.length);
  return rowCount > shown ? ` ({{count}} rows, the first ${shown} are shown):` : ':';
}

export function measureName(measure: Measure, table: string): string {
  const rows = rowsWords(table);
  return sayMeasure(measure, {
    rows,
    names: { count_distinct: 'number of different values of', min: 'lowest', max: 'highest' },
    column: columnWords,
    partOfWhole: ({ of: filters = [] }) => `${rows}${filtersWords({ filters })}`,
    side: (filter) =>
      filter.kind === 'values'
        ? listed(filter.values.map(inertText), 'or')
        : filtersWords({ filters: [filter] }).trim(),
  });
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
