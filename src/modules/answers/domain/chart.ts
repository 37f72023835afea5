import { isNumeric, isTemporal, type ResultTable } from './result-table.js';

export interface ChartEncoding {
  readonly field: string;
  readonly type: 'quantitative' | 'temporal' | 'ordinal' | 'nominal';
}

/** How to draw a result. It holds no rows: they are read from the query, so picture and table cannot drift apart. */
export interface ChartSpec {
  readonly query_id: string;
  /** `arc` draws a pie. */
  readonly mark: 'bar' | 'line' | 'area' | 'point' | 'arc';
  readonly encoding: { readonly x: ChartEncoding; readonly y: ChartEncoding; readonly color?: ChartEncoding };
}

const mostBars = 40;
const mostColors = 8;
const mostSlices = 7;
const leastPoints = 5;
const calendar = /^(?:year|quarter|month|week|weekday|hour|day|decade|month_of_year)(?:_of_\w+)?$/i;

/** What a question wants drawn, where the result can be; else what suits the result. */
export function chartAsked(result: ResultTable, wanted: ChartSpec['mark'] | undefined): ChartSpec | undefined {
  const chart = chartOf(result);
  return chart && wanted && suits(chart, wanted, result) ? { ...chart, mark: wanted } : chart;
}

/** By the types of the columns and how many rows there are; undefined where a picture would say nothing. */
export function chartOf(result: ResultTable): ChartSpec | undefined {
  const { columns, rows, rowCount, queryId } = result;
  if (rowCount < 2 || rows.length < rowCount || columns.length < 2 || columns.length > 4) return undefined;
  const kinds = columns.map(({ name, type }) => ({ field: name, type: kindOf(name, type) }));
  const measures = kinds.filter(({ type }) => type === 'quantitative');
  const groups = kinds.filter(({ type }) => type !== 'quantitative');
  const spec = (mark: ChartSpec['mark'], encoding: ChartSpec['encoding']) => ({ query_id: queryId, mark, encoding });
  const [measure, second] = measures;
  if (!measure) return undefined;
  if (groups.length === 0)
    return second && rowCount >= leastPoints ? spec('point', { x: measure, y: second }) : undefined;
  const across =
    groups.find(({ type }) => type === 'temporal') ?? groups.find(({ type }) => type === 'ordinal') ?? groups[0]!;
  const color = groups.find((each) => each !== across);
  if (groups.length > 2 || (color && distinct(result, color.field) > mostColors)) return undefined;
  if (across.type === 'nominal' && distinct(result, across.field) > mostBars) return undefined;
  const mark = across.type === 'temporal' || (across.type === 'ordinal' && rowCount > 2) ? 'line' : 'bar';
  return spec(mark, { x: across, y: measure, ...(color && { color }) });
}

/** A pie shows shares of a whole: few groups, nothing negative. Points need amounts on both axes, or a time. */
function suits({ encoding: { x, y, color } }: ChartSpec, wanted: ChartSpec['mark'], result: ResultTable): boolean {
  if (wanted === 'point') return x.type !== 'nominal';
  if (x.type === 'quantitative') return false;
  if (wanted !== 'arc') return true;
  const at = result.columns.findIndex(({ name }) => name === y.field);
  return !color && result.rows.length <= mostSlices && result.rows.every((row) => Number(row[at]) >= 0);
}

function kindOf(name: string, type: string): ChartEncoding['type'] {
  if (isTemporal(type)) return 'temporal';
  if (calendar.test(name)) return 'ordinal';
  return isNumeric(type) ? 'quantitative' : 'nominal';
}

function distinct({ columns, rows }: ResultTable, field: string): number {
  const at = columns.findIndex(({ name }) => name === field);
  return new Set(rows.map((row) => row[at])).size;
}
