import type { Aggregate, Filter, Measure, PlanColumn } from '../plan.js';

/** Aggregates that are said with a name before the column. */
type NamedAggregate = Exclude<Aggregate, 'count' | 'correlation' | 'share' | 'difference' | 'ratio'>;

/** How one speaker says the parts of a measure. */
export interface MeasureVoice {
  /** What the rows of the table are called. */
  readonly rows: string;
  /** Names of aggregates that this speaker calls otherwise. */
  readonly names?: Partial<Readonly<Record<NamedAggregate, string>>>;
  column(column: PlanColumn): string;
  /** What a share is a part of, and which part: `orders with city is Lisbon`. */
  partOfWhole(measure: Measure): string;
  /** One of the two that a difference is between. */
  side(filter: Filter): string;
}

const usualNames: Readonly<Record<NamedAggregate, string>> = {
  count_distinct: 'number of different',
  sum: 'total',
  avg: 'average',
  min: 'minimum',
  max: 'maximum',
  median: 'median',
  stddev: 'standard deviation of',
  variance: 'variance of',
  range: 'range of',
};

/** `average price`, `correlation of price and area`, `difference in total price between Lisbon and Porto` */
export function sayMeasure(measure: Measure, voice: MeasureVoice): string {
  const column = measure.column ? voice.column(measure.column) : '';
  switch (measure.aggregate) {
    case 'count':
      return column ? `number of ${voice.rows} with ${column}` : `number of ${voice.rows}`;
    case 'correlation':
      return `correlation of ${column} and ${voice.column(measure.second!)}`;
    case 'share':
      return `${measure.fraction ? 'fraction' : 'percentage'} of ${voice.partOfWhole(measure)}`;
    case 'ratio':
      return `${column || `average number of ${voice.rows}`} per ${voice.column(measure.per!.column)}`;
    case 'difference': {
      const { aggregate, one, other } = measure.between!;
      const what = sayMeasure({ aggregate, column: measure.column }, voice);
      return `difference in ${what} between ${voice.side(one)} and ${voice.side(other)}`;
    }
    default:
      return `${voice.names?.[measure.aggregate] ?? usualNames[measure.aggregate]} ${column}`;
  }
}
