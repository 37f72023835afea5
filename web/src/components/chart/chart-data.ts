import { isNumeric, kindOf, plainText, type ResultColumn, type ResultRow } from '../result-grid/cells';
import { compareDecimals } from '../result-grid/compare-decimals';
import type { Aggregate, ChartChoice } from './chart-choice';

/** What is drawn: places on the x axis, and for each series one value for each of them. */
export interface ChartData {
  readonly xName: string;
  readonly yName: string;
  readonly categories: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
  /** Series or categories that were left out, because a chart with all of them could not be read. */
  readonly leftOut: number;
}

/** Pairs of numbers for each series of a scatter chart. */
export interface ScatterData {
  readonly xName: string;
  readonly yName: string;
  readonly series: readonly { readonly name: string; readonly points: readonly (readonly [number, number])[] }[];
}

const mostCategories = 2000;
const mostSeries = 12;

/** The values of a chart with an axis of places: bar, line, area, pie. */
export function chartData(
  choice: ChartChoice,
  columns: readonly ResultColumn[],
  rows: readonly ResultRow[],
): ChartData {
  const categories = categoriesOf(choice, columns, rows);
  const places = new Map(categories.slice(0, mostCategories).map((category, index) => [category, index]));
  const collected = new Map<string, number[][]>();
  for (const row of rows) {
    const place = places.get(labelOf(row[choice.x]));
    if (place === undefined) continue;
    for (const y of choice.y) {
      const name = choice.series === undefined ? columns[y]!.name : labelOf(row[choice.series]);
      const value = numberOf(row[y]);
      if (value === null && choice.aggregate !== 'count') continue;
      const values = collected.get(name) ?? [];
      collected.set(name, values);
      (values[place] ??= []).push(value ?? 1);
    }
  }
  const all = [...collected].map(([name, values]) => ({
    name,
    values: Array.from({ length: places.size }, (_, place) => combined(values[place], choice.aggregate)),
  }));
  return {
    xName: columns[choice.x]!.name,
    yName: yName(choice, columns),
    categories: [...places.keys()],
    series: all.slice(0, mostSeries),
    leftOut: Math.max(0, all.length - mostSeries) + Math.max(0, categories.length - mostCategories),
  };
}

export function scatterData(
  choice: ChartChoice,
  columns: readonly ResultColumn[],
  rows: readonly ResultRow[],
): ScatterData {
  const [y = 0] = choice.y;
  const collected = new Map<string, [number, number][]>();
  for (const row of rows) {
    const point = [numberOf(row[choice.x]), numberOf(row[y])] as const;
    if (point[0] === null || point[1] === null) continue;
    const name = choice.series === undefined ? columns[y]!.name : labelOf(row[choice.series]);
    const points = collected.get(name) ?? [];
    collected.set(name, points);
    points.push([point[0], point[1]]);
  }
  const series = [...collected].slice(0, mostSeries).map(([name, points]) => ({ name, points }));
  return { xName: columns[choice.x]!.name, yName: columns[y]!.name, series };
}

/** A value as a place on an axis or a name in the legend. */
export function labelOf(value: unknown): string {
  if (value === null || value === undefined) return '(none)';
  if (value === '') return '(empty)';
  return plainText(value)
    .replace('T', ' ')
    .replace(/ 00:00:00(?:\.0+)?Z?$/, '')
    .slice(0, 80);
}

export function numberOf(value: unknown): number | null {
  if (value === null || value === undefined || value === '' || typeof value === 'boolean') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** Times and numbers go from small to great; groups stay in the order of the query, which its ORDER BY chose. */
function categoriesOf(
  { x, type }: ChartChoice,
  columns: readonly ResultColumn[],
  rows: readonly ResultRow[],
): string[] {
  const labels = [...new Set(rows.map((row) => labelOf(row[x])))];
  const column = columns[x]!;
  if (kindOf(column.type) === 'temporal') return labels.toSorted();
  return isNumeric(column.type) && type !== 'bar' ? labels.toSorted(compareDecimals) : labels;
}

function combined(values: readonly number[] | undefined, aggregate: Aggregate): number | null {
  if (!values) return null;
  switch (aggregate) {
    case 'none':
      return values.at(-1)!;
    case 'count':
      return values.length;
    case 'minimum':
      return Math.min(...values);
    case 'maximum':
      return Math.max(...values);
    case 'sum':
    case 'average': {
      const sum = values.reduce((total, value) => total + value, 0);
      return aggregate === 'sum' ? sum : sum / values.length;
    }
  }
}

function yName({ y, aggregate }: ChartChoice, columns: readonly ResultColumn[]): string {
  const name = y.map((column) => columns[column]!.name).join(', ');
  return aggregate === 'none' ? name : `${aggregate} of ${name}`;
}
