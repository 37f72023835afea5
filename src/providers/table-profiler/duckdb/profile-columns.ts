import type { DuckDBConnection } from '@duckdb/node-api';
import type { CatalogColumn, TopValue } from '../../catalog/catalog.js';
import { sqlName } from '../../duckdb-workers/engine-session.js';
import type { IndexedValue, StoredSchema } from '../table-profiler.js';
import { canonicalSql, canonicalText } from './column-type-of.js';
import { countSteps, measure, type Measured } from './histograms.js';

type Column = StoredSchema['columns'][number];

export interface ColumnsProfile {
  readonly columns: readonly CatalogColumn[];
  readonly values: readonly IndexedValue[];
}

export interface ProfileOptions {
  readonly connection: DuckDBConnection;
  /** A table function over the files. */
  readonly from: string;
  readonly schema: StoredSchema;
  /** Columns done, of all. */
  onProgress(fraction: number): void;
}

/** What one pass over a column tells. */
interface Summary {
  readonly values: number;
  readonly distinct: number;
  readonly min: string | undefined;
  readonly max: string | undefined;
  /** The extremes as numbers, of types that have a length between them. */
  readonly lowest: number | undefined;
  readonly highest: number | undefined;
}

/** Some values of a column, the most frequent first, and how many different ones there are. */
interface Counted {
  readonly values: readonly TopValue[];
  readonly distinct: number;
}

interface Frequencies {
  /** Undefined where only the most frequent values were counted. */
  readonly distinct: number | undefined;
  readonly top: readonly TopValue[];
  readonly indexed: readonly TopValue[];
}

const COLUMNS_PER_PASS = 32;
/** Up to here values are counted one by one; above, their number is an estimate. */
const EXACT_DISTINCT = 10_000;
/** How far the engine's estimate of different values may be off: 30 % at ten thousand were seen. */
const ESTIMATE_MARGIN = 1.5;
const MAX_VALUE_CHARACTERS = 200;
const MAX_INDEXED_VALUES = 200_000;
const TOP_VALUES = 10;
const TOP_CANDIDATES = 40;

/** Profiles column by column in constant memory: a first pass over groups of columns, then one over each. */
export async function profileColumns(options: ProfileOptions): Promise<ColumnsProfile> {
  const { schema, onProgress } = options;
  const columns: CatalogColumn[] = [];
  const values: IndexedValue[] = [];
  for (let start = 0; start < schema.columns.length; start += COLUMNS_PER_PASS) {
    const group = schema.columns.slice(start, start + COLUMNS_PER_PASS);
    const summaries = await summarise(options, group);
    const histograms = await countHistograms(options, group, summaries);
    for (const [index, column] of group.entries()) {
      const summary = summaries[index];
      if (!summary) continue;
      const frequencies = await countValues(options, column, summary);
      columns.push({
        ...catalogColumn(column, schema.rows, summary, frequencies),
        ...(histograms.has(column.name) && { histogram: histograms.get(column.name)! }),
      });
      const indexed = frequencies?.indexed ?? [];
      if (values.length + indexed.length <= MAX_INDEXED_VALUES) {
        values.push(...indexed.map((each) => ({ column: column.name, ...each })));
      }
      onProgress(columns.length / schema.columns.length);
    }
  }
  return { columns, values };
}

async function summarise({ connection, from }: ProfileOptions, columns: readonly Column[]): Promise<Summary[]> {
  const aggregates = columns.flatMap(({ name, type }) => {
    const value = sqlName(name);
    const text = (extreme: string) => `left(${canonicalSql(`${extreme}(${value})`, type)}, ${MAX_VALUE_CHARACTERS})`;
    const extremes = type === 'json' ? ['NULL', 'NULL'] : [text('min'), text('max')];
    const ends = ['min', 'max'].map((extreme) => measure(`${extreme}(${value})`, type) ?? 'NULL');
    return [`count(${value})::DOUBLE`, `approx_count_distinct(${value})::DOUBLE`, ...extremes, ...ends];
  });
  const reader = await connection.runAndReadAll(`SELECT ${aggregates.join(', ')} FROM ${from}`);
  const found = reader.getRows()[0] ?? [];
  return columns.map(({ type }, index) => {
    const [values, distinct, min, max, lowest, highest] = found.slice(6 * index, 6 * index + 6);
    const shown = (text: unknown) => (typeof text === 'string' ? canonicalText(text, type) : undefined);
    const end = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
    return {
      values: Number(values),
      distinct: Number(distinct),
      min: shown(min),
      max: shown(max),
      lowest: end(lowest),
      highest: end(highest),
    };
  });
}

/** By column; of one whose values do not differ there is nothing to see. */
async function countHistograms(
  { connection, from }: ProfileOptions,
  columns: readonly Column[],
  summaries: readonly Summary[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  const measured = columns.flatMap(({ name, type }, index): Measured[] => {
    const { lowest, highest } = summaries[index] ?? {};
    return lowest !== undefined && highest !== undefined && lowest < highest ? [{ name, type, lowest, highest }] : [];
  });
  const counts = await countSteps(connection, from, measured);
  return new Map(measured.map(({ name }, index) => [name, counts[index]!]));
}

async function countValues(
  options: ProfileOptions,
  column: Column,
  { values, distinct }: Summary,
): Promise<Frequencies | undefined> {
  if (values === 0) return undefined;
  if (distinct <= EXACT_DISTINCT * ESTIMATE_MARGIN) return countEach(options, column);
  const repeats = distinct * ESTIMATE_MARGIN < values;
  return repeats ? { distinct: undefined, top: await countMostFrequent(options, column), indexed: [] } : undefined;
}

/** Counts every value of a column that has few different ones. Only text is worth an index, and only if it has few. */
async function countEach(options: ProfileOptions, column: Column): Promise<Frequencies> {
  const isText = column.type === 'varchar';
  const { values, distinct } = await countedValues(options, column, isText ? EXACT_DISTINCT : TOP_VALUES);
  const indexed = isText && distinct <= EXACT_DISTINCT ? values : [];
  return { distinct, top: mostFrequent(values), indexed };
}

/** Finds candidates by an estimate and counts these exactly. */
async function countMostFrequent(options: ProfileOptions, column: Column): Promise<readonly TopValue[]> {
  const candidates = `SELECT unnest(approx_top_k(${sqlName(column.name)}, ${TOP_CANDIDATES})) FROM ${options.from}`;
  const condition = `${sqlName(column.name)} IN (${candidates})`;
  return mostFrequent((await countedValues(options, column, TOP_VALUES, condition)).values);
}

/** Values that are too long to be shown are counted, but left out. */
async function countedValues(
  { connection, from }: ProfileOptions,
  { name, type }: Column,
  limit: number,
  condition?: string,
): Promise<Counted> {
  const value = sqlName(name);
  const conditions = [`${value} IS NOT NULL`, ...(condition ? [condition] : [])].join(' AND ');
  const reader = await connection.runAndReadAll(
    `WITH counted AS MATERIALIZED (
       SELECT ${value} AS value, count(*) AS count FROM ${from} WHERE ${conditions} GROUP BY ALL
     ), shown AS (
       SELECT ${canonicalSql('value', type)} AS text, count, value FROM counted
       WHERE length(text) <= ${MAX_VALUE_CHARACTERS} ORDER BY count DESC, value LIMIT ${limit}
     )
     SELECT text, count::DOUBLE FROM (
       SELECT NULL AS text, count(*) AS count, NULL AS value FROM counted UNION ALL SELECT text, count, value FROM shown
     ) ORDER BY text IS NOT NULL, count DESC, value`,
  );
  const [total, ...shown] = reader.getRows();
  return {
    distinct: Number(total![1]),
    values: shown.map(([text, count]) => ({ value: canonicalText(String(text), type), count: Number(count) })),
  };
}

/** The most frequent values, where any value is repeated. */
function mostFrequent(values: readonly TopValue[]): readonly TopValue[] {
  return (values[0]?.count ?? 0) < 2 ? [] : values.slice(0, TOP_VALUES);
}

function catalogColumn(
  { name, type }: Column,
  rows: number,
  summary: Summary,
  found: Frequencies | undefined,
): CatalogColumn {
  const { values, min, max } = summary;
  const top = found?.top ?? [];
  return {
    name,
    type,
    nullable: values < rows,
    distinct: values === 0 ? 0 : (found?.distinct ?? Math.min(summary.distinct, values)),
    null_fraction: rows === 0 ? 0 : (rows - values) / rows,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(top.length === 0 ? {} : { top_values: top }),
  };
}
