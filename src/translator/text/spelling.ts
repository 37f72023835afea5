/** How many letters must be added, dropped, replaced or swapped with their neighbour to make one word the other. */
export function editDistance(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current[column] = Math.min(
        last[column]! + 1,
        current[column - 1]! + 1,
        last[column - 1]! + (same ? 0 : 1),
        swapped ? before[column - 2]! + 1 : Infinity,
      );
    }
    before = last;
    last = current;
  }
  return last[other.length]!;
}

/** Whether one word is likely the other with a slip of the pen. Short words are never taken for others. */
export function isMisspelled(word: string, meant: string): boolean {
  if (word.length < 4 || word[0] !== meant[0] || Math.abs(word.length - meant.length) > 2) return false;
  if (word.length === 4) return meant.length === 5 && meant.startsWith(word);
  return editDistance(word, meant) <= (word.length >= 8 ? 2 : 1);
}
