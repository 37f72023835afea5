/** One setting: where it comes from, what it means, and how its text becomes a value. */
export interface Setting<Value> {
  /** Name of the environment variable. */
  readonly variable: string;
  /** One or two sentences for whoever runs the service. */
  readonly description: string;
  /** The text used when the variable is absent or empty; undefined when the setting then has no value. */
  readonly fallback: string | undefined;
  /** Secret values never appear in logs or in the generated documentation. */
  readonly secret: boolean;
  /** Throws an `Error` whose message completes the sentence "PORT …". */
  parse(text: string): Value;
}

type Common = { readonly secret?: boolean };

function setting<Value>(
  variable: string,
  fallback: string | undefined,
  description: string,
  parse: (text: string) => Value,
  { secret = false }: Common = {},
): Setting<Value> {
  return { variable, fallback, description, secret, parse };
}

export function text(variable: string, fallback: string, description: string, options?: Common): Setting<string> {
  return setting(variable, fallback, description, (value) => value, options);
}

/** A text that may be absent. */
export function optionalText(variable: string, description: string, options?: Common): Setting<string | undefined> {
  return setting<string | undefined>(variable, undefined, description, (value) => value, options);
}

export function integer(
  variable: string,
  fallback: number,
  description: string,
  range: { min: number; max: number },
): Setting<number> {
  return setting(variable, String(fallback), description, (value) => {
    const number = Number(value);
    if (!/^-?\d+$/.test(value) || number < range.min || number > range.max) {
      throw new Error(`must be a whole number from ${range.min} to ${range.max}, not "${value}"`);
    }
    return number;
  });
}

const byteUnits = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 } as const;

/** A size such as `10GB`, `500 MB` or `1048576`, in bytes. */
export function bytes(variable: string, fallback: string, description: string): Setting<number> {
  return setting(variable, fallback, description, (value) => {
    const match = /^(\d+(?:\.\d+)?)\s*(B|KB|MB|GB|TB)?$/i.exec(value);
    if (!match) throw new Error(`must be a size such as 500MB or 10GB, not "${value}"`);
    const unit = (match[2] ?? 'B').toUpperCase() as keyof typeof byteUnits;
    return Math.floor(Number(match[1]) * byteUnits[unit]);
  });
}

export function decimal(variable: string, fallback: number, description: string): Setting<number> {
  return setting(variable, String(fallback), description, (value) => {
    const number = Number(value);
    if (!/^\d+(\.\d+)?$/.test(value)) throw new Error(`must be a number such as 0.5, not "${value}"`);
    return number;
  });
}

export function oneOf<const Choice extends string>(
  variable: string,
  choices: readonly Choice[],
  fallback: Choice,
  description: string,
): Setting<Choice> {
  return setting(variable, fallback, `${description} One of: ${choices.join(', ')}.`, (value) => {
    const choice = choices.find((each) => each === value);
    if (choice === undefined) throw new Error(`must be one of ${choices.join(', ')}, not "${value}"`);
    return choice;
  });
}

/** Like `oneOf`, without a value of its own: absent means "as the profile says". */
export function optionalOneOf<const Choice extends string>(
  variable: string,
  choices: readonly Choice[],
  description: string,
): Setting<Choice | undefined> {
  const base = oneOf(variable, choices, choices[0]!, description);
  return { ...base, fallback: undefined };
}

/** A text with a form of its own. `parse` throws an `Error` whose message completes the sentence "PORT …". */
export function parsed<Value>(
  variable: string,
  fallback: string,
  description: string,
  parse: (text: string) => Value,
): Setting<Value> {
  return setting(variable, fallback, description, parse);
}

/** Comma-separated values; empty means none. */
export function list(variable: string, description: string, options?: Common): Setting<readonly string[]> {
  const parse = (value: string) =>
    value
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '');
  return setting(variable, '', description, parse, options);
}
