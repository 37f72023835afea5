import { cosine, type Vector } from './weights.js';

const damping = 0.85;
const rounds = 30;
const leastLikeness = 0.08;
/** Each sentence is compared with so many before and after it, which bounds the work; people stay with a subject for a while. */
const nearby = 150;

/**
 * 0 to 1 for each sentence: how much others say what it says (LexRank: a walk over sentences that share telling words
 * stays longest at the ones that many lead to).
 */
export function salience(vectors: readonly Vector[]): number[] {
  const links = vectors.map(() => [] as { to: number; weight: number }[]);
  for (let one = 0; one < vectors.length; one += 1) {
    for (let other = one + 1; other < Math.min(vectors.length, one + nearby); other += 1) {
      const weight = cosine(vectors[one]!, vectors[other]!);
      if (weight < leastLikeness) continue;
      links[one]!.push({ to: other, weight });
      links[other]!.push({ to: one, weight });
    }
  }
  const totals = links.map((each) => each.reduce((sum, { weight }) => sum + weight, 0));
  let ranks = vectors.map(() => 1);
  for (let round = 0; round < rounds; round += 1) {
    const next = vectors.map(() => 1 - damping);
    for (const [from, each] of links.entries())
      for (const { to, weight } of each) next[to]! += (damping * ranks[from]! * weight) / totals[from]!;
    ranks = next;
  }
  const most = Math.max(...ranks, Number.MIN_VALUE);
  return ranks.map((rank) => rank / most);
}
