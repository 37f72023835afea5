import type { ResultColumn, ResultRow } from '../result-grid/cells';
import type { ChartChoice } from './chart-choice';
import { type ChartData, chartData, scatterData } from './chart-data';

const shortNumbers = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 4 });

/** What a chart shows, in words: its kind, its axes, and where its values are smallest and greatest. */
export function summaryOf(choice: ChartChoice, columns: readonly ResultColumn[], rows: readonly ResultRow[]): string {
  if (choice.type === 'scatter') {
    const { xName, yName, series } = scatterData(choice, columns, rows);
    const points = series.reduce((count, { points: each }) => count + each.length, 0);
    return `Scatter chart of ${yName} against ${xName}: ${points} points${inSeries(series)}.`;
  }
  const data = chartData(choice, columns, rows);
  const kind = `${choice.type[0]!.toUpperCase()}${choice.type.slice(1)} chart`;
  return `${kind} of ${data.yName} by ${data.xName}: ${data.categories.length} values${inSeries(data.series)}. ${extremes(data)}`.trim();
}

function inSeries(series: readonly { name: string }[]): string {
  return series.length > 1 ? ` in ${series.length} series (${series.map(({ name }) => name).join(', ')})` : '';
}

function extremes({ categories, series }: ChartData): string {
  const values = series.flatMap(({ values: each }) =>
    each.flatMap((value, index) => (value === null ? [] : [{ value, at: categories[index]! }])),
  );
  if (values.length === 0) return '';
  const least = values.reduce((a, b) => (b.value < a.value ? b : a));
  const most = values.reduce((a, b) => (b.value > a.value ? b : a));
  return `Smallest ${shortNumbers.format(least.value)} (${least.at}), greatest ${shortNumbers.format(most.value)} (${most.at}).`;
}
