import { SQLDialect } from '@codemirror/lang-sql';

/** What Athena knows and this product runs; see docs/sql.md. */
const functions = `abs acos any_value approx_distinct approx_percentile arbitrary array_agg array_distinct array_except
  array_intersect array_join array_max array_min array_position array_remove array_sort array_union arrays_overlap asin
  at_timezone atan atan2 avg bit_count bitwise_and bitwise_or bitwise_xor bool_and bool_or cardinality cbrt ceil ceiling
  chr coalesce codepoint concat concat_ws contains corr cos cosh count count_if covar_pop covar_samp cume_dist
  current_timezone date date_add date_diff date_format date_parse date_trunc day day_of_month day_of_week day_of_year
  degrees dense_rank e element_at every exp filter first_value flatten floor format_datetime from_base from_base64
  from_hex from_iso8601_date from_iso8601_timestamp from_unixtime geometric_mean greatest hamming_distance histogram
  hour if is_finite is_infinite is_nan json_array_contains json_array_length json_extract json_extract_scalar
  json_format json_parse json_size kurtosis lag last_day_of_month last_value lead least length levenshtein_distance
  listagg ln log log10 log2 lower lpad ltrim map map_agg map_concat map_entries map_filter map_from_entries map_keys
  map_values max max_by md5 min min_by minute mod month nfc normalize now nth_value ntile nullif parse_datetime
  percent_rank pi position pow power quarter radians rand random rank reduce regexp_count regexp_extract
  regexp_extract_all regexp_like regexp_replace regexp_split regr_intercept regr_slope repeat replace reverse round
  row_number rpad rtrim second sequence sha1 sha256 shuffle sign sin slice split split_part sqrt starts_with stddev
  stddev_pop stddev_samp strpos substr substring sum tan tanh to_base to_base64 to_hex to_iso8601 to_unixtime
  transform translate trim truncate try_cast typeof unnest upper url_decode url_encode url_extract_host
  url_extract_parameter url_extract_path uuid var_pop var_samp variance week width_bucket year zip zip_with`;

const keywords = `all and any as asc at between both by case cast cross cube current current_date current_time
  current_timestamp desc distinct else end escape except exists extract false fetch filter first following for from full
  grouping group having in inner intersect interval into is join last lateral left like limit localtime localtimestamp
  natural next not null nulls offset on only or order ordinality outer over partition percent preceding range recursive
  right rollup row rows select sets some table tablesample then time to true try unbounded union unnest using values
  when where window with within zone`;

const types = `array bigint boolean char date decimal double integer json map real row smallint time timestamp tinyint
  uuid varbinary varchar`;

export const athena = SQLDialect.define({
  keywords,
  types,
  builtin: functions,
  caseInsensitiveIdentifiers: true,
  operatorChars: '*+-%<>!=|/',
  specialVar: '?:',
});

/** What is offered while one types. */
export const words = { functions: functions.split(/\s+/), keywords: keywords.split(/\s+/) } as const;
