import type { ResultColumn, ResultRow } from '../result-grid/cells';
import type { ChartChoice } from './chart-choice';
import { chartData } from './chart-data';

/** Enough to hear what a chart shows; the rows themselves are in the grid. */
const mostRows = 50;

/** The chart's words and numbers for those who do not see it. */
export function ChartTable({
  choice,
  columns,
  rows,
  summary,
}: {
  choice: ChartChoice;
  columns: readonly ResultColumn[];
  rows: readonly ResultRow[];
  summary: string;
}) {
  if (choice.type === 'scatter') return <figcaption className="sr-only">{summary}</figcaption>;
  const { categories, series, xName } = chartData(choice, columns, rows);
  return (
    <figcaption className="sr-only">
      <p>{summary}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{xName}</th>
            {series.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {categories.slice(0, mostRows).map((category, index) => (
            <tr key={category}>
              <th scope="row">{category}</th>
              {series.map(({ name, values }) => (
                <td key={name}>{values[index] ?? '–'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figcaption>
  );
}
