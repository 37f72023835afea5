/** Up to three of the candidates that a person may have meant by a misspelt name, the nearest first. */
export function nearest(name: string, candidates: Iterable<string>): string[] {
  const wanted = name.toLowerCase();
  const tolerance = Math.min(wanted.length - 1, Math.max(1, Math.floor(wanted.length / 3)));
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, distance: distanceTo(wanted, candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= tolerance)
    .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** "Did you mean a or b?", or a short list of what there is. */
export function suggest(name: string, candidates: readonly string[], things: string): string | undefined {
  const close = nearest(name, candidates);
  if (close.length > 0) return `Did you mean ${close.join(' or ')}?`;
  if (candidates.length === 0) return undefined;
  const shown = candidates.slice(0, 10).join(', ');
  return `The ${things} are: ${shown}${candidates.length > 10 ? ', …' : ''}.`;
}

/** Names that hold one another are near; otherwise the number of letters to insert, delete, change or swap. */
function distanceTo(wanted: string, candidate: string): number {
  if (wanted === candidate) return 0;
  const [short, long] = wanted.length < candidate.length ? [wanted, candidate] : [candidate, wanted];
  if (short.length >= 3 && long.includes(short)) return 1;
  return editDistance(wanted, candidate);
}

/** Damerau-Levenshtein distance with adjacent swaps; names are short, so a full table is cheap. */
export function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const cell = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= a.length; row++) {
    rows.push([row]);
    for (let column = 1; column <= b.length; column++) {
      const change = a[row - 1] === b[column - 1] ? 0 : 1;
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swap = swapped ? cell(row - 2, column - 2) + 1 : Infinity;
      const best = Math.min(cell(row - 1, column) + 1, cell(row, column - 1) + 1, cell(row - 1, column - 1) + change);
      rows[row]?.push(Math.min(best, swap));
    }
  }
  return cell(a.length, b.length);
}
