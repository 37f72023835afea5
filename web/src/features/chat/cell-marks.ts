import type { CellSource } from './answer';
import type { TextPiece } from './text-tree';

/**
 * Finds the values of an answer in its text, which are given in the order in which they stand there. A value counts
 * where it stands by itself: the 41 of 1,412 is none. Returns the pieces, and which cell is looked for next.
 */
export function markCells(
  text: string,
  cells: readonly CellSource[],
  from: number,
): { pieces: readonly TextPiece[]; next: number } {
  const pieces: TextPiece[] = [];
  let rest = 0;
  let next = from;
  for (let cell = from; cell < cells.length; cell += 1) {
    const at = standingAlone(text, cells[cell]!.text, rest);
    if (at < 0) continue;
    if (at > rest) pieces.push({ text: text.slice(rest, at) });
    rest = at + cells[cell]!.text.length;
    pieces.push({ text: text.slice(at, rest), mark: cell });
    next = cell + 1;
  }
  if (rest < text.length) pieces.push({ text: text.slice(rest) });
  return { pieces, next };
}

function standingAlone(text: string, value: string, from: number): number {
  if (value === '') return -1;
  for (let at = text.indexOf(value, from); at >= 0; at = text.indexOf(value, at + 1)) {
    const before = text.slice(0, at);
    const after = text.slice(at + value.length);
    if (!/[\p{Letter}\p{Number}]$|\d[.,]$/u.test(before) && !/^[\p{Letter}\p{Number}]|^[.,]\d/u.test(after)) return at;
  }
  return -1;
}
