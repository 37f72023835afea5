import type { TextPiece } from './text-tree';

/** Cuts a text where it refers to one of the citations: `[1]`. */
export function markCitations(text: string, numbers: ReadonlySet<number>): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let rest = 0;
  for (const { 0: reference, 1: digits, index } of text.matchAll(/\[(\d{1,3})\]/g)) {
    const mark = Number(digits);
    if (!numbers.has(mark)) continue;
    if (index > rest) pieces.push({ text: text.slice(rest, index) });
    pieces.push({ text: reference, mark });
    rest = index + reference.length;
  }
  if (rest < text.length) pieces.push({ text: text.slice(rest) });
  return pieces;
}
