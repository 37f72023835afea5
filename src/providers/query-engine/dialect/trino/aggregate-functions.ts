import type { Written } from './rule.js';
import { arrayOf, decimalOf, decimalType, isInteger, mapOf, type TrinoType } from './trino-type.js';

/** How an aggregate of the author is computed by the engine. */
export interface Aggregate {
  /** Numbers of arguments it takes; any number when it is left out. */
  readonly arities?: readonly number[];
  /** The engine's function. */
  readonly name: string;
  /** The engine's arguments from the author's; the same by default. */
  readonly args?: (args: readonly Written[]) => readonly string[];
  /** What is made of the aggregate with its modifiers and its window. */
  readonly finish?: (aggregate: string, args: readonly Written[]) => string;
  readonly type: (args: readonly Written[]) => TrinoType;
  /** Arguments without which a row counts for nothing; the engine would count it. */
  readonly skipNullAt?: number;
}

const always = (type: TrinoType) => () => type;
const first = (args: readonly Written[]): TrinoType => args[0]?.type;
const plain = (name: string, type: (args: readonly Written[]) => TrinoType, arities = [1]): Aggregate => ({
  name,
  type,
  arities,
});
const cast = (type: string) => (sql: string) => `CAST(${sql} AS ${type})`;

/** Trino sums integers into bigint and decimals into decimal(38, s); the engine's 128-bit sum is brought back exactly. */
const sum: Aggregate = {
  name: 'sum',
  arities: [1],
  type: ([arg]) => {
    const decimal = decimalOf(arg?.type);
    if (isInteger(arg?.type)) return 'bigint';
    return decimal ? decimalType(38, decimal.scale) : arg?.type;
  },
  finish: (sql, [arg]) => (isInteger(arg?.type) ? `CAST(${sql} AS BIGINT)` : sql),
};

/** The average of decimals keeps their scale. */
const avg: Aggregate = {
  name: 'avg',
  arities: [1],
  type: ([arg]) => (decimalOf(arg?.type) ? arg?.type : arg?.type === undefined ? undefined : 'double'),
  finish: (sql, [arg]) => {
    const decimal = decimalOf(arg?.type);
    return decimal ? `CAST(round(${sql}, ${decimal.scale}) AS DECIMAL(${decimal.precision},${decimal.scale}))` : sql;
  },
};

const extreme = (name: string): Aggregate => ({
  name,
  arities: [1, 2],
  type: (args) => (args.length === 2 ? arrayOf(first(args)) : first(args)),
});

/** The value at the largest or smallest of another, which may be NULL itself. */
const extremeBy = (name: string): readonly Aggregate[] => [
  { name: `${name}_null`, arities: [2], type: first },
  { name, arities: [3], type: (args) => arrayOf(first(args)) },
];

const mapAggregate: Aggregate = {
  name: 'list',
  arities: [2],
  args: ([key, value]) => [`struct_pack(key := ${key?.sql}, value := ${value?.sql})`],
  finish: (sql) => `trino_map_of_pairs(${sql})`,
  type: ([key, value]) => mapOf(key?.type, value?.type),
  skipNullAt: 0,
};

const multimapAggregate: Aggregate = {
  ...mapAggregate,
  finish: (sql) => `trino_multimap_of_pairs(${sql})`,
  type: ([key, value]) => mapOf(key?.type, arrayOf(value?.type)),
};

const percentile: Aggregate = {
  name: 'quantile_disc',
  arities: [2],
  args: ([value, fraction]) => [value?.sql ?? '', fraction?.sql ?? ''],
  type: ([value, fraction]) => (fraction?.type?.startsWith('array') ? arrayOf(value?.type) : value?.type),
};

const statistic = (name: string): Aggregate => plain(name, always('double'));
const statisticOfTwo = (name: string): Aggregate => plain(name, always('double'), [2]);

export const AGGREGATES: Readonly<Record<string, readonly Aggregate[]>> = {
  any_value: [plain('any_value', first)],
  approx_distinct: [
    { name: 'approx_count_distinct', arities: [1, 2], args: ([value]) => [value?.sql ?? ''], type: always('bigint') },
  ],
  approx_percentile: [percentile],
  arbitrary: [plain('any_value', first)],
  array_agg: [plain('array_agg', (args) => arrayOf(first(args)))],
  avg: [avg],
  bitwise_and_agg: [plain('bit_and', always('bigint'))],
  bitwise_or_agg: [plain('bit_or', always('bigint'))],
  bitwise_xor_agg: [plain('bit_xor', always('bigint'))],
  bool_and: [plain('bool_and', always('boolean'))],
  bool_or: [plain('bool_or', always('boolean'))],
  corr: [statisticOfTwo('corr')],
  count: [plain('count', always('bigint'), [0, 1])],
  count_if: [{ ...plain('count_if', always('bigint')), finish: cast('BIGINT') }],
  covar_pop: [statisticOfTwo('covar_pop')],
  covar_samp: [statisticOfTwo('covar_samp')],
  every: [plain('bool_and', always('boolean'))],
  geometric_mean: [{ ...statistic('avg'), args: ([value]) => [`ln(${value?.sql})`], finish: (sql) => `exp(${sql})` }],
  histogram: [
    { ...plain('histogram', (args) => mapOf(first(args), 'bigint')), finish: (sql) => `trino_histogram(${sql})` },
  ],
  kurtosis: [statistic('kurtosis')],
  listagg: [
    {
      name: 'string_agg',
      arities: [1, 2],
      args: ([value, separator]) => [value?.sql ?? '', separator?.sql ?? `''`],
      type: always('varchar'),
    },
  ],
  map_agg: [mapAggregate],
  max: [extreme('max')],
  max_by: extremeBy('arg_max'),
  min: [extreme('min')],
  min_by: extremeBy('arg_min'),
  multimap_agg: [multimapAggregate],
  regr_intercept: [statisticOfTwo('regr_intercept')],
  regr_slope: [statisticOfTwo('regr_slope')],
  stddev: [statistic('stddev_samp')],
  stddev_pop: [statistic('stddev_pop')],
  stddev_samp: [statistic('stddev_samp')],
  sum: [sum],
  var_pop: [statistic('var_pop')],
  var_samp: [statistic('var_samp')],
  variance: [statistic('var_samp')],
};

const valueAt = (name: string, arities: readonly number[]): readonly Aggregate[] => [{ name, arities, type: first }];
const rank = (name: string, type: string, arities: readonly number[] = [0]): readonly Aggregate[] => [
  { name, arities, type: always(type) },
];

/** Functions that need a window. */
export const WINDOW_FUNCTIONS: Readonly<Record<string, readonly Aggregate[]>> = {
  cume_dist: rank('cume_dist', 'double'),
  dense_rank: rank('dense_rank', 'bigint'),
  first_value: valueAt('first_value', [1]),
  lag: valueAt('lag', [1, 2, 3]),
  last_value: valueAt('last_value', [1]),
  lead: valueAt('lead', [1, 2, 3]),
  nth_value: valueAt('nth_value', [2]),
  ntile: rank('ntile', 'bigint', [1]),
  percent_rank: rank('percent_rank', 'double'),
  rank: rank('rank', 'bigint'),
  row_number: rank('row_number', 'bigint'),
};
