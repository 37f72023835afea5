import { quoteText } from '../sql-text.js';
import { type Call, expectArguments, type Rule, template, type Written } from './rule.js';

/** `$["a b"]` becomes `$."a b"`, and the modes of SQL/JSON, which make no difference for plain paths, go. */
export function enginePath(path: string): string {
  return path
    .trim()
    .replace(/^(?:lax|strict)\s+/i, '')
    .replace(
      /\[\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*\]/g,
      (_, double?: string, single?: string) => `."${double ?? single ?? ''}"`,
    );
}

function pathOf(call: Call, index: number): string {
  const path = call.constant(index);
  if (path === undefined) return call.arg(index).sql;
  if (!/^\$(?:\.(?:"[^"]*"|[\p{L}\p{N}_$-]+)|\[\d+\])*$/u.test(enginePath(path))) {
    call.fail(`${call.name} takes paths such as $.a.b[0] here, without wildcards, filters or methods.`);
  }
  return quoteText(enginePath(path));
}

const extracting =
  (engineName: string, type: string): Rule =>
  (call) => {
    expectArguments(call, 2);
    return { sql: `${engineName}(${call.arg(0).sql}, ${pathOf(call, 1)})`, type };
  };

/** Keys and values alternate. */
function jsonObject(call: Call): Written {
  const pairs = Array.from({ length: call.count }, (_, index) => call.arg(index).sql);
  return { sql: `CAST(json_object(${pairs.join(', ')}) AS VARCHAR)`, type: 'varchar' };
}

export const JSON_FUNCTIONS: Readonly<Record<string, Rule>> = {
  is_json_scalar: template('boolean', `(json_type($1) NOT IN ('OBJECT', 'ARRAY'))`),
  json_array: (call) => {
    const items = Array.from({ length: call.count }, (_, index) => call.arg(index).sql);
    return { sql: `CAST(json_array(${items.join(', ')}) AS VARCHAR)`, type: 'varchar' };
  },
  json_array_contains: template('boolean', 'trino_json_array_contains($1, $2)'),
  json_array_get: template('json', 'trino_json_array_get($1, $2)'),
  json_array_length: template('bigint', 'trino_json_array_length($1)'),
  json_exists: extracting('trino_json_exists', 'boolean'),
  json_extract: extracting('trino_json_extract', 'json'),
  json_extract_scalar: extracting('trino_json_extract_scalar', 'varchar'),
  json_format: template('varchar', 'CAST(json($1) AS VARCHAR)'),
  json_object: jsonObject,
  json_parse: template('json', 'json($1)'),
  json_query: (call) => {
    const { sql } = extracting('trino_json_query', 'varchar')(call);
    return { sql: `CAST(${sql} AS VARCHAR)`, type: 'varchar' };
  },
  json_size: extracting('trino_json_size', 'bigint'),
  json_value: extracting('trino_json_extract_scalar', 'varchar'),
};
