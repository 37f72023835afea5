/** US dollars for a million tokens. Undefined where they are not known. */
export interface ModelPrice {
  readonly input: number;
  readonly output: number;
  readonly cacheRead?: number | undefined;
  readonly cacheWrite?: number | undefined;
}

/** By model id, as requests name it. */
export type ModelPrices = ReadonlyMap<string, ModelPrice>;

/**
 * Reads `model=input/output` or `model=input/output/cache read/cache write`, as `MODEL_PRICES` holds them. Throws an
 * `Error` whose message completes the sentence "MODEL_PRICES …".
 */
export function parseModelPrices(text: string): ModelPrices {
  const entries = text.split(',').filter((each) => each.trim() !== '');
  return new Map(entries.map((entry) => [entry.slice(0, entry.lastIndexOf('=')).trim(), priceOf(entry)]));
}

function priceOf(entry: string): ModelPrice {
  const numbers = /[^=]\s*=\s*(\d[\d./\s]*)$/.exec(entry)?.[1]?.split('/').map(Number) ?? [];
  const [input, output, cacheRead, cacheWrite] = numbers;
  const isComplete = numbers.length === 2 || numbers.length === 4;
  if (!isComplete || numbers.some(Number.isNaN) || input === undefined || output === undefined) {
    throw new Error(`must hold entries such as "some-model=2.5/10", not "${entry.trim()}"`);
  }
  return { input, output, cacheRead, cacheWrite };
}
