/** Term → weight, of length 1. */
export type Vector = ReadonlyMap<string, number>;

/** How rare each term is among `texts`: the fewer have it, the more it tells. */
export function rarity(texts: readonly (readonly string[])[]): (term: string) => number {
  const found = new Map<string, number>();
  for (const terms of texts) for (const term of new Set(terms)) found.set(term, (found.get(term) ?? 0) + 1);
  return (term) => Math.log(1 + texts.length / (found.get(term) ?? texts.length));
}

/** TF-IDF of weighted terms, as a unit vector; empty where there are none. */
export function vectorOf(
  terms: Iterable<readonly [term: string, count: number]>,
  rare: (term: string) => number,
): Vector {
  const weights = new Map<string, number>();
  for (const [term, count] of terms) weights.set(term, (weights.get(term) ?? 0) + count);
  for (const [term, count] of weights) weights.set(term, (count > 1 ? 1 + Math.log(count) : count) * rare(term));
  const length = Math.hypot(...weights.values());
  if (length === 0) return new Map();
  return new Map([...weights].map(([term, weight]) => [term, weight / length]));
}

export function cosine(one: Vector, other: Vector): number {
  const [small, large] = one.size < other.size ? [one, other] : [other, one];
  let sum = 0;
  for (const [term, weight] of small) sum += weight * (large.get(term) ?? 0);
  return Math.min(1, sum);
}

export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
