/**
 * Functions of the engine that a statement may call: those that translation writes. Each was looked at: it computes
 * from its arguments alone, or gives the time, or a random number. Nothing here reads files, settings, the
 * environment, secrets, the catalog, logs, the session or other statements, and nothing builds SQL from text.
 */
const REVIEWED: Readonly<Record<string, string>> = {
  operators: '+ - * / // % & | << >> ~ || ~~ !~~ like_escape not_like_escape xor',
  text: `ascii chr concat_ws contains decode encode ends_with hamming length levenshtein lower lpad ltrim nfc_normalize
    printf regexp_extract regexp_extract_all regexp_full_match regexp_matches regexp_replace regexp_split_to_array
    replace reverse rpad rtrim starts_with string_split strpos substr translate trim unicode upper url_decode url_encode`,
  bytes: 'from_base64 hex md5 sha1 sha256 to_base to_base64 unhex uuid',
  numbers: `abs acos asin atan atan2 bit_count cbrt ceil cos cosh degrees exp floor greatest isfinite isinf isnan least
    ln log log10 log2 pi pow radians random round sign sin sinh sqrt tan tanh trunc`,
  time: `current_date current_localtime current_localtimestamp date_trunc datesub day dayofyear epoch
    get_current_time get_current_timestamp hour isodow isoyear last_day millisecond minute month now quarter second
    strftime strptime timezone timezone_hour timezone_minute to_days to_hours to_microseconds to_milliseconds to_minutes
    to_months to_seconds to_timestamp to_weeks to_years week year`,
  lists: `array_extract array_slice array_to_string flatten generate_series len list_append list_contains list_count
    list_filter list_first list_has_any list_max list_min list_position list_reduce list_reverse list_slice list_sort
    list_transform list_value list_zip range unnest`,
  maps: 'cardinality map map_concat map_entries map_from_entries map_keys map_values',
  rows: 'row struct_extract struct_extract_at struct_pack',
  json: `json json_array json_array_length json_contains json_exists json_extract json_extract_string json_keys
    json_object json_type json_valid to_json`,
  aggregates: `any_value approx_count_distinct arg_max arg_max_null arg_min arg_min_null array_agg avg bit_and bit_or
    bit_xor bool_and bool_or corr count count_if count_star covar_pop covar_samp histogram kurtosis list max
    min quantile_disc regr_intercept regr_slope stddev_pop stddev_samp string_agg sum var_pop var_samp`,
  windows: 'cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number',
  other: 'typeof nullif',
};

export const ALLOWED_FUNCTIONS: ReadonlySet<string> = new Set(
  Object.values(REVIEWED).flatMap((names) => names.split(/\s+/)),
);
