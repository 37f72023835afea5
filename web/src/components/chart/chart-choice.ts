import { isNumeric, kindOf, type ResultColumn, type ResultRow } from '../result-grid/cells';

export const chartTypes = ['bar', 'line', 'area', 'scatter', 'pie'] as const;
export type ChartType = (typeof chartTypes)[number];

export const aggregates = ['none', 'sum', 'average', 'count', 'minimum', 'maximum'] as const;
export type Aggregate = (typeof aggregates)[number];

/** How to draw a result. Columns are named by their position, since names need not be unique. */
export interface ChartChoice {
  readonly type: ChartType;
  readonly x: number;
  /** One line or group of bars for each; the first alone where there is a series or a pie. */
  readonly y: readonly number[];
  /** A column whose values tell the lines or bars apart. */
  readonly series?: number;
  /** What becomes of rows that share their x and series. */
  readonly aggregate: Aggregate;
}

/** The format of the answers in the chat (`chart` of a message). Its `query_id` says whose rows are meant. */
export interface ChartSpec {
  readonly mark: 'bar' | 'line' | 'area' | 'point' | 'arc';
  readonly encoding: {
    readonly x: { readonly field: string };
    readonly y: { readonly field: string };
    readonly color?: { readonly field: string };
  };
}

const typeOfMark: Record<ChartSpec['mark'], ChartType> = {
  bar: 'bar',
  line: 'line',
  area: 'area',
  point: 'scatter',
  arc: 'pie',
};
const mostBars = 60;
const mostSlices = 7;
const mostSeries = 8;
const mostMeasures = 4;
const calendar = /^(?:year|quarter|month|week|weekday|hour|day|decade|month_of_year)(?:_of_\w+)?$/i;

/** The chart that shows most of a result by the types and values of its columns; undefined where none would say anything. */
export function choiceFor(columns: readonly ResultColumn[], rows: readonly ResultRow[]): ChartChoice | undefined {
  if (rows.length < 2) return undefined;
  const { measures, times, groups } = rolesOf(columns);
  const [measure, second] = measures;
  if (measure === undefined) return undefined;
  const [time] = times;
  const [group, otherGroup] = groups;
  if (time !== undefined && distinct(rows, time) > 1) {
    return withSeries({ type: 'line', x: time, y: measures, aggregate: 'none' }, rows, group);
  }
  if (group !== undefined && distinct(rows, group) <= mostBars) {
    return withSeries({ type: 'bar', x: group, y: measures, aggregate: 'none' }, rows, otherGroup);
  }
  if (second !== undefined) return { type: 'scatter', x: measure, y: [second], aggregate: 'none' };
  return undefined;
}

/** As the chat's answer wants it drawn; undefined when the result has not the columns it names. */
export function choiceOfSpec({ mark, encoding }: ChartSpec, columns: readonly ResultColumn[]): ChartChoice | undefined {
  const position = (field: string | undefined) => columns.findIndex(({ name }) => name === field);
  const x = position(encoding.x.field);
  const y = position(encoding.y.field);
  const series = position(encoding.color?.field);
  if (x < 0 || y < 0) return undefined;
  const type = typeOfMark[mark];
  return { type, x, y: [y], aggregate: 'none', ...(series >= 0 && { series }) };
}

/** A pie shows shares of a whole: few groups, nothing negative. */
export function canBePie(choice: ChartChoice, rows: readonly ResultRow[]): boolean {
  const [y] = choice.y;
  if (y === undefined || choice.series !== undefined || distinct(rows, choice.x) > mostSlices) return false;
  return rows.every((row) => Number(row[y]) >= 0);
}

/** Whether rows share their x (and series), so that without an aggregate they would be drawn over each other. */
export function hasRepeats({ type, x, series }: ChartChoice, rows: readonly ResultRow[]): boolean {
  if (type === 'scatter') return false;
  const seen = new Set(rows.map((row) => JSON.stringify([row[x], series === undefined ? null : row[series]])));
  return seen.size < rows.length;
}

function withSeries(choice: ChartChoice, rows: readonly ResultRow[], series: number | undefined): ChartChoice {
  const isUseful = series !== undefined && distinct(rows, series) <= mostSeries;
  const drawn: ChartChoice = isUseful
    ? { ...choice, series, y: choice.y.slice(0, 1) }
    : { ...choice, y: comparable(choice.y, rows) };
  return hasRepeats(drawn, rows) ? { ...drawn, aggregate: 'sum' } : drawn;
}

/** Measures of such different size that one would be a flat line are not drawn together. */
function comparable(measures: readonly number[], rows: readonly ResultRow[]): number[] {
  const greatest = (column: number) => Math.max(...rows.map((row) => Math.abs(Number(row[column])) || 0));
  const [first] = measures;
  if (first === undefined) return [];
  const scale = greatest(first);
  return measures
    .filter((column) => {
      const ratio = greatest(column) / scale;
      return column === first || (ratio > 0.05 && ratio < 20);
    })
    .slice(0, mostMeasures);
}

function rolesOf(columns: readonly ResultColumn[]) {
  const measures: number[] = [];
  const times: number[] = [];
  const groups: number[] = [];
  columns.forEach(({ name, type }, index) => {
    const kind = kindOf(type);
    if (kind === 'temporal' || calendar.test(name)) times.push(index);
    else if (isNumeric(type)) (/(?:^|_)id$/i.test(name) ? groups : measures).push(index);
    else if (kind === 'text' || kind === 'boolean') groups.push(index);
  });
  return { measures, times, groups };
}

function distinct(rows: readonly ResultRow[], column: number): number {
  return new Set(rows.map((row) => row[column])).size;
}
