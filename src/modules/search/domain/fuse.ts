/** Damps the first ranks, so that being second in both lists is worth more than being first in one. */
const damping = 60;

export interface Fused {
  readonly id: string;
  /** The sum of 1 / (60 + rank) over the lists that have it. */
  readonly score: number;
  /** From 1, by list; undefined where a list does not have it. */
  readonly ranks: readonly (number | undefined)[];
}

/** Reciprocal rank fusion: one list of several whose scores cannot be compared. The best first; no id twice in a list. */
export function fuse(lists: readonly (readonly string[])[]): Fused[] {
  const ranks = new Map<string, (number | undefined)[]>();
  for (const [list, ids] of lists.entries()) {
    for (const [place, id] of ids.entries()) {
      const known = ranks.get(id) ?? lists.map(() => undefined);
      known[list] = place + 1;
      ranks.set(id, known);
    }
  }
  return [...ranks]
    .map(([id, each]) => ({ id, score: scoreOf(each), ranks: each }))
    .sort((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1));
}

/** Added in one order, so that the order of the lists makes no difference at all. */
function scoreOf(ranks: readonly (number | undefined)[]): number {
  return ranks
    .flatMap((rank) => rank ?? [])
    .toSorted((one, other) => one - other)
    .reduce((sum, rank) => sum + 1 / (damping + rank), 0);
}
