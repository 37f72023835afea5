/** Stands before a text that the engine must not read, and is left out where a person sees the text. */
export const UNREADABLE = '\uE000';

/**
 * Functions of Trino that are more than another name for one of the engine's. They are called from translated
 * statements only, and keep these names away from those that authors can write.
 */
const MACROS: readonly string[] = [
  // Text
  `trino_regexp_extract(subject, pattern, part) AS
     CASE WHEN regexp_matches(subject, pattern) THEN regexp_extract(subject, pattern, part) END`,
  `trino_substr(subject, first) AS
     CASE WHEN first = 0 OR abs(first) > length(subject) THEN CASE WHEN subject IS NOT NULL THEN '' END
          ELSE substr(subject, first) END,
   (subject, first, size) AS
     CASE WHEN first = 0 OR size <= 0 OR abs(first) > length(subject) THEN CASE WHEN subject IS NOT NULL THEN '' END
          ELSE substr(subject, first, size) END`,
  `trino_split(subject, separator, most) AS
     CASE WHEN len(string_split(subject, separator)) <= most THEN string_split(subject, separator)
          ELSE list_append(string_split(subject, separator)[1:most - 1],
                           array_to_string(string_split(subject, separator)[most:], separator)) END`,
  `trino_split_to_map(subject, entries, pairs) AS
     map_from_entries(list_transform(string_split(subject, entries), lambda entry: struct_pack(
       key := string_split(entry, pairs)[1], value := array_to_string(string_split(entry, pairs)[2:], pairs))))`,
  `trino_strpos(subject, part, instance) AS
     CASE WHEN instance < 1 OR len(string_split(subject, part)) <= instance THEN 0
          ELSE length(array_to_string(string_split(subject, part)[1:instance], part)) + 1 END`,
  `trino_url_part(url, pattern) AS CASE WHEN regexp_matches(url, pattern) THEN regexp_extract(url, pattern, 1) END`,
  `trino_url_parameter(url, parameter) AS
     list_first(list_transform(
       list_filter(string_split(regexp_extract(url, '\\?([^#]*)', 1), '&'),
                   lambda pair: url_decode(replace(string_split(pair, '=')[1], '+', ' ')) = parameter),
       lambda pair: url_decode(replace(array_to_string(string_split(pair, '=')[2:], '='), '+', ' '))))`,
  `trino_to_base(number, radix) AS CASE WHEN number < 0 THEN '-' ELSE '' END || lower(to_base(abs(number), radix))`,
  `trino_from_base(digits, radix) AS
     CAST(CASE WHEN starts_with(digits, '-') THEN -1 ELSE 1 END *
       list_reduce(list_transform(string_split(lower(ltrim(digits, '+-')), ''),
                                  lambda digit: CAST(strpos('0123456789abcdefghijklmnopqrstuvwxyz', digit) - 1 AS HUGEINT)),
                   lambda total, digit: total * radix + digit, CAST(0 AS HUGEINT)) AS BIGINT)`,
  `trino_whole_number_text(subject) AS
     CASE WHEN subject IS NULL OR regexp_full_match(trim(subject), '[+-]?[0-9]+') THEN trim(subject) ELSE '${UNREADABLE}' || subject END`,

  // Numbers
  `trino_mod(a, b) AS CASE WHEN b = 0 THEN CAST('Division by zero' AS BIGINT) ELSE a % b END`,
  `trino_sqrt(x) AS CASE WHEN x < 0 THEN CAST('NaN' AS DOUBLE) ELSE sqrt(x) END`,
  `trino_ln(x) AS CASE WHEN x > 0 THEN ln(x) WHEN x = 0 THEN CAST('-Infinity' AS DOUBLE)
                       WHEN x IS NULL THEN NULL ELSE CAST('NaN' AS DOUBLE) END`,
  `trino_width_bucket(x, low, high, buckets) AS
     CASE WHEN x < least(low, high) THEN CASE WHEN low <= high THEN 0 ELSE buckets + 1 END
          WHEN x >= greatest(low, high) THEN CASE WHEN low <= high THEN buckets + 1 ELSE 0 END
          ELSE CAST(floor(buckets * CAST(abs(x - low) AS DOUBLE) / abs(high - low)) AS BIGINT) + 1 END`,

  // Arrays
  `trino_array_distinct(list) AS
     list_filter(list, lambda item, position: coalesce(list_position(list, item), position) = position)`,
  `trino_array_except(a, b) AS
     list_filter(trino_array_distinct(a), lambda item: coalesce(list_position(b, item), 0) = 0)`,
  `trino_array_intersect(a, b) AS
     list_filter(trino_array_distinct(a), lambda item: coalesce(list_position(b, item), 0) > 0)`,
  `trino_array_join(list, separator, missing) AS
     array_to_string(list_transform(list, lambda item: coalesce(CAST(item AS VARCHAR), missing)), separator)`,
  `trino_array_max(list) AS CASE WHEN list_count(list) = len(list) THEN list_max(list) END`,
  `trino_array_min(list) AS CASE WHEN list_count(list) = len(list) THEN list_min(list) END`,
  `trino_contains(list, item) AS
     CASE WHEN list_contains(list, item) THEN TRUE WHEN list_count(list) = len(list) AND item IS NOT NULL THEN FALSE END`,
  `trino_slice(list, first, size) AS
     CASE WHEN first >= 0 THEN list[first:first + size - 1]
          WHEN first + size > 0 THEN list[first:] ELSE list[first:first + size - 1] END`,
  `trino_sequence(low, high) AS
     CASE WHEN low <= high THEN generate_series(low, high) ELSE generate_series(low, high, -1) END`,

  // Maps
  `trino_map_of_pairs(pairs) AS
     CASE WHEN pairs IS NOT NULL THEN map_from_entries(list_filter(pairs, lambda pair, position:
       list_position(list_transform(pairs, lambda other: other.key), pair.key) = position)) END`,
  `trino_multimap_of_pairs(pairs) AS
     CASE WHEN pairs IS NOT NULL THEN map_from_entries(list_transform(
       list_filter(pairs, lambda pair, position:
         list_position(list_transform(pairs, lambda other: other.key), pair.key) = position),
       lambda pair: struct_pack(key := pair.key, value := list_transform(
         list_filter(pairs, lambda other: other.key = pair.key), lambda other: other.value)))) END`,
  `trino_histogram(counts) AS
     map_from_entries(list_transform(map_entries(counts), lambda entry:
       struct_pack(key := entry.key, value := CAST(entry.value AS BIGINT))))`,

  // JSON
  `trino_json_extract(json, path) AS CASE WHEN json_valid(json) THEN json_extract(CAST(json AS JSON), path) END`,
  `trino_json_extract_scalar(json, path) AS
     CASE WHEN json_valid(json) AND json_type(CAST(json AS JSON), path) NOT IN ('OBJECT', 'ARRAY')
          THEN json_extract_string(CAST(json AS JSON), path) END`,
  `trino_json_query(json, path) AS
     CASE WHEN json_valid(json) AND json_type(CAST(json AS JSON), path) IN ('OBJECT', 'ARRAY')
          THEN json_extract(CAST(json AS JSON), path) END`,
  `trino_json_exists(json, path) AS json_valid(json) AND json_exists(CAST(json AS JSON), path)`,
  `trino_json_size(json, path) AS
     CASE json_type(CAST(json AS JSON), path)
       WHEN 'ARRAY' THEN CAST(json_array_length(CAST(json AS JSON), path) AS BIGINT)
       WHEN 'OBJECT' THEN len(json_keys(CAST(json AS JSON), path))
       ELSE CASE WHEN json_type(CAST(json AS JSON), path) IS NOT NULL THEN 0 END END`,
  `trino_json_array_length(json) AS
     CASE WHEN json_valid(json) AND json_type(json) = 'ARRAY' THEN CAST(json_array_length(json) AS BIGINT) END`,
  `trino_json_array_get(json, place) AS
     CASE WHEN json_valid(json) AND json_type(json) = 'ARRAY' THEN
       json_extract(CAST(json AS JSON), CASE WHEN place < 0 THEN '$[#' || place || ']' ELSE '$[' || place || ']' END) END`,
  `trino_json_array_contains(json, item) AS
     CASE WHEN json_valid(json) AND json_type(json) = 'ARRAY' THEN json_contains(CAST(json AS JSON), to_json(item)) END`,
];

/** Names of the macros above. */
export const MACRO_NAMES: readonly string[] = MACROS.map(nameOf);

/** Settings under which the engine calculates as Athena does. */
export const SETTINGS: readonly string[] = ['SET integer_division = true', "SET TimeZone = 'UTC'"];

/** Statements that teach an engine instance all there is to know. */
export const PRELUDE: readonly string[] = [...SETTINGS, ...MACROS.map(definition)];

/**
 * The part of the prelude that makes the macros which a translated statement calls. Making all of them takes as long as
 * starting the engine.
 */
export function macrosFor(engineSql: string): string[] {
  let calling = engineSql;
  // A macro calls only macros that stand above it.
  const called = MACROS.toReversed().filter((macro) => {
    if (!calling.includes(nameOf(macro))) return false;
    calling += macro;
    return true;
  });
  return called.toReversed().map(definition);
}

function nameOf(macro: string): string {
  return macro.slice(0, macro.indexOf('('));
}

function definition(macro: string): string {
  return `CREATE MACRO IF NOT EXISTS ${macro}`;
}
