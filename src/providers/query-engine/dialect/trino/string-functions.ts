import { quoteText } from '../sql-text.js';
import { type Call, expectArguments, type Rule, template, type Written } from './rule.js';
import { arrayOf, commonType, isArray } from './trino-type.js';

/** What Trino trims when it is not told what to trim. */
const BLANKS = String.raw`' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13)`;

/** Trino's `concat` and `||` give NULL when any part is NULL, as the engine's operator does and its function does not. */
function concat(call: Call): Written {
  if (call.count < 2) call.fail('concat takes at least 2 arguments.');
  const args = Array.from({ length: call.count }, (_, index) => call.arg(index));
  const sql = `(${args.map(({ sql, type }) => (type === 'unknown' ? 'CAST(NULL AS VARCHAR)' : sql)).join(' || ')})`;
  return {
    sql,
    type: args.some((arg) => isArray(arg.type))
      ? args[0]?.type
      : (commonType(args.map((arg) => arg.type)) ?? 'varchar'),
  };
}

/** Java writes groups as `$1` and escapes with a backslash; the engine writes `\1`. */
function regexpReplace(call: Call): Written {
  expectArguments(call, 2, 3);
  const [text, pattern] = [call.arg(0).sql, call.arg(1).sql];
  if (call.count === 2) return { sql: `regexp_replace(${text}, ${pattern}, '', 'g')`, type: 'varchar' };
  const constant = call.constant(2);
  if (constant === undefined) call.fail('regexp_replace takes its replacement as a string literal here.');
  const replacement = constant.replace(/\\(.)|\$(\d)|\\?$/g, (_, escaped?: string, group?: string) => {
    if (group !== undefined) return `\\${group}`;
    return escaped === '\\' ? '\\\\' : (escaped ?? '');
  });
  return { sql: `regexp_replace(${text}, ${pattern}, ${quoteText(replacement)}, 'g')`, type: 'varchar' };
}

function repeat(call: Call): Written {
  expectArguments(call, 2);
  const element = call.arg(0);
  return {
    sql: `list_transform(range(${call.arg(1).sql}), lambda ignored: ${element.sql})`,
    type: arrayOf(element.type),
  };
}

function normalize(call: Call): Written {
  expectArguments(call, 1, 2);
  return { sql: `nfc_normalize(${call.arg(0).sql})`, type: 'varchar' };
}

/** Java's format specifiers that mean the same to the engine. */
function format(call: Call): Written {
  const pattern = call.constant(0);
  if (pattern === undefined) call.fail('format takes its pattern as a string literal here.');
  if (!/^(?:[^%]|%%|%[-0 +]*\d*(?:\.\d+)?[sdfxXeEgo])*$/.test(pattern)) {
    call.fail('format takes only %s, %d, %f, %e, %g, %x and %o here, with a width and digits.');
  }
  const letters = [...pattern.matchAll(/%%|%[-0 +]*\d*(?:\.\d+)?([a-zA-Z])/g)].flatMap(([, letter]) => letter ?? []);
  expectArguments(call, letters.length + 1);
  const args = letters.map((letter, index) => {
    const { sql } = call.arg(index + 1);
    return letter === 's' ? `CAST(${sql} AS VARCHAR)` : sql;
  });
  return { sql: `printf(${[call.arg(0).sql, ...args].join(', ')})`, type: 'varchar' };
}

export const STRING_FUNCTIONS: Readonly<Record<string, Rule>> = {
  chr: template('varchar', 'chr(CAST($1 AS INTEGER))'),
  codepoint: template('integer', 'unicode($1)'),
  concat,
  concat_ws: (call) =>
    call.count === 2 && isArray(call.arg(1).type)
      ? template('varchar', 'array_to_string($2, $1)')(call)
      : template('varchar', 'concat_ws($*)')(call),
  ends_with: template('boolean', 'ends_with($1, $2)'),
  format,
  from_utf8: template('varchar', 'decode($1)'),
  hamming_distance: template('bigint', 'hamming($1, $2)'),
  length: template('bigint', 'length($1)'),
  levenshtein_distance: template('bigint', 'levenshtein($1, $2)'),
  lower: template('varchar', 'lower($1)'),
  lpad: template('varchar', 'lpad($1, CAST($2 AS INTEGER), $3)'),
  ltrim: template('varchar', `ltrim($1, ${BLANKS})`, 'ltrim($1, $2)'),
  normalize,
  regexp_count: template('bigint', 'len(regexp_extract_all($1, $2))'),
  regexp_extract: template('varchar', 'trino_regexp_extract($1, $2, 0)', 'trino_regexp_extract($1, $2, $3)'),
  regexp_extract_all: template('array(varchar)', 'regexp_extract_all($1, $2)', 'regexp_extract_all($1, $2, $3)'),
  regexp_like: template('boolean', 'regexp_matches($1, $2)'),
  regexp_replace: regexpReplace,
  regexp_split: template('array(varchar)', 'regexp_split_to_array($1, $2)'),
  repeat,
  replace: template('varchar', `replace($1, $2, '')`, 'replace($1, $2, $3)'),
  reverse: (call) =>
    isArray(call.arg(0).type) ? template('$1', 'list_reverse($1)')(call) : template('varchar', 'reverse($1)')(call),
  rpad: template('varchar', 'rpad($1, CAST($2 AS INTEGER), $3)'),
  rtrim: template('varchar', `rtrim($1, ${BLANKS})`, 'rtrim($1, $2)'),
  split: template('array(varchar)', 'string_split($1, $2)', 'trino_split($1, $2, $3)'),
  split_part: template('varchar', 'string_split($1, $2)[$3]'),
  split_to_map: template('map(varchar,varchar)', 'trino_split_to_map($1, $2, $3)'),
  starts_with: template('boolean', 'starts_with($1, $2)'),
  strpos: template('bigint', 'strpos($1, $2)', 'trino_strpos($1, $2, $3)'),
  substr: template('varchar', 'trino_substr($1, $2)', 'trino_substr($1, $2, $3)'),
  substring: template('varchar', 'trino_substr($1, $2)', 'trino_substr($1, $2, $3)'),
  to_utf8: template('varbinary', 'encode($1)'),
  translate: template('varchar', 'translate($1, $2, $3)'),
  trim: template('varchar', `trim($1, ${BLANKS})`, 'trim($1, $2)'),
  upper: template('varchar', 'upper($1)'),

  url_decode: template('varchar', `url_decode(replace($1, '+', ' '))`),
  url_encode: template('varchar', `replace(url_encode($1), '%20', '+')`),
  url_extract_fragment: template('varchar', `trino_url_part($1, '^[^#]*#(.*)$')`),
  url_extract_host: template(
    'varchar',
    String.raw`nullif(trino_url_part($1, '^[a-zA-Z][a-zA-Z0-9+.-]*://(?:[^/?#@]*@)?(\[[^\]]*\]|[^/:?#]*)'), '')`,
  ),
  url_extract_parameter: template('varchar', 'trino_url_parameter($1, $2)'),
  url_extract_path: template('varchar', `trino_url_part($1, '^[a-zA-Z][a-zA-Z0-9+.-]*:(?://[^/?#]*)?([^?#]*)')`),
  url_extract_port: template(
    'bigint',
    `TRY_CAST(trino_url_part($1, '^[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*:([0-9]+)(?:[/?#]|$)') AS BIGINT)`,
  ),
  url_extract_protocol: template('varchar', `trino_url_part($1, '^([a-zA-Z][a-zA-Z0-9+.-]*):')`),
  url_extract_query: template('varchar', String.raw`trino_url_part($1, '^[^?#]*\?([^#]*)')`),

  crc32: (call) => call.fail('crc32 is not available here.'),
  from_base: template('bigint', 'trino_from_base($1, $2)'),
  from_base64: template('varbinary', 'from_base64($1)'),
  from_hex: template('varbinary', 'unhex($1)'),
  md5: template('varbinary', 'unhex(md5($1))'),
  sha1: template('varbinary', 'unhex(sha1($1))'),
  sha256: template('varbinary', 'unhex(sha256($1))'),
  to_base: template('varchar', 'trino_to_base($1, $2)'),
  to_base64: template('varchar', 'to_base64($1)'),
  to_hex: template('varchar', 'hex($1)'),
  uuid: template('uuid', 'uuid()'),
};
