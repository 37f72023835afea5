import { type Call, expectArguments, type Rule, template, type Written } from './rule.js';
import { commonType, decimalOf, decimalType, isInteger } from './trino-type.js';

const double = (...templates: string[]): Rule => template('double', ...templates);

/** Rounding an integer leaves it as it is; the engine would make it a double. */
function rounding(engineName: string): Rule {
  return (call) => {
    expectArguments(call, 1);
    const { sql, type } = call.arg(0);
    if (isInteger(type)) return { sql, type };
    const decimal = decimalOf(type);
    const rounded = decimal && decimalType(Math.min(38, decimal.precision - decimal.scale + 1), 0);
    return { sql: `${engineName}(${sql})`, type: rounded ?? type };
  };
}

function round(call: Call): Written {
  expectArguments(call, 1, 2);
  if (call.count === 1) return rounding('round')(call);
  const { sql, type } = call.arg(0);
  return { sql: `round(${sql}, CAST(${call.arg(1).sql} AS INTEGER))`, type: decimalOf(type) ? undefined : type };
}

/** Trino gives NULL as soon as one argument is NULL; the engine skips NULLs. */
function extreme(engineName: string): Rule {
  return (call) => {
    if (call.count === 0) call.fail(`${call.name} takes at least 1 argument.`);
    const args = Array.from({ length: call.count }, (_, index) => call.arg(index));
    const missing = args.map(({ sql }) => `${sql} IS NULL`).join(' OR ');
    const all = args.map(({ sql }) => sql).join(', ');
    return {
      sql: `(CASE WHEN ${missing} THEN NULL ELSE ${engineName}(${all}) END)`,
      type: commonType(args.map(({ type }) => type)),
    };
  };
}

function random(call: Call): Written {
  expectArguments(call, 0, 2);
  if (call.count === 0) return { sql: 'random()', type: 'double' };
  const [low, high] = call.count === 1 ? ['0', call.arg(0).sql] : [call.arg(0).sql, call.arg(1).sql];
  return { sql: `CAST(floor(random() * (${high} - ${low})) + ${low} AS BIGINT)`, type: 'bigint' };
}

export const MATH_FUNCTIONS: Readonly<Record<string, Rule>> = {
  abs: template('$1', 'abs($1)'),
  acos: double('acos($1)'),
  asin: double('asin($1)'),
  atan: double('atan($1)'),
  atan2: double('atan2($1, $2)'),
  bit_count: template(
    'bigint',
    'bit_count($1)',
    'bit_count(CAST($1 AS BIGINT) & CAST((1::HUGEINT << $2) - 1 AS BIGINT))',
  ),
  bitwise_and: template('bigint', '(CAST($1 AS BIGINT) & CAST($2 AS BIGINT))'),
  bitwise_left_shift: template('bigint', '(CAST($1 AS BIGINT) << CAST($2 AS BIGINT))'),
  bitwise_not: template('bigint', '(~CAST($1 AS BIGINT))'),
  bitwise_or: template('bigint', '(CAST($1 AS BIGINT) | CAST($2 AS BIGINT))'),
  bitwise_right_shift_arithmetic: template('bigint', '(CAST($1 AS BIGINT) >> CAST($2 AS BIGINT))'),
  bitwise_xor: template('bigint', 'xor(CAST($1 AS BIGINT), CAST($2 AS BIGINT))'),
  cbrt: double('cbrt($1)'),
  ceil: rounding('ceil'),
  ceiling: rounding('ceil'),
  cos: double('cos($1)'),
  cosh: double('cosh($1)'),
  degrees: double('degrees($1)'),
  e: double('exp(1)'),
  exp: double('exp($1)'),
  floor: rounding('floor'),
  greatest: extreme('greatest'),
  infinity: double(`CAST('Infinity' AS DOUBLE)`),
  is_finite: template('boolean', 'isfinite($1)'),
  is_infinite: template('boolean', 'isinf($1)'),
  is_nan: template('boolean', 'isnan($1)'),
  least: extreme('least'),
  ln: double('trino_ln($1)'),
  log: double('log($1, $2)'),
  log10: double('(CASE WHEN $1 > 0 THEN log10($1) ELSE trino_ln($1) END)'),
  log2: double('(CASE WHEN $1 > 0 THEN log2($1) ELSE trino_ln($1) END)'),
  mod: template((call) => commonType([call.arg(0).type, call.arg(1).type]), 'trino_mod($1, $2)'),
  nan: double(`CAST('NaN' AS DOUBLE)`),
  pi: double('pi()'),
  pow: double('pow($1, $2)'),
  power: double('pow($1, $2)'),
  radians: double('radians($1)'),
  rand: random,
  random,
  round,
  sign: template('$1', 'sign($1)'),
  sin: double('sin($1)'),
  sinh: double('sinh($1)'),
  sqrt: double('trino_sqrt($1)'),
  tan: double('tan($1)'),
  tanh: double('tanh($1)'),
  truncate: template('$1', 'trunc($1)', 'trunc($1, CAST($2 AS INTEGER))'),
  width_bucket: template('bigint', 'trino_width_bucket($1, $2, $3, $4)'),
};
