/** A piece of a text; marked when it lies in one of the ranges. */
export interface TextPiece {
  readonly text: string;
  readonly isMarked: boolean;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** The text from `start` to `end`, cut where ranges begin and end. Ranges are in order and do not overlap; offsets are of the whole text. */
export function markedPieces(text: string, ranges: readonly Range[], from = 0, to = text.length): TextPiece[] {
  const pieces: TextPiece[] = [];
  let at = from;
  for (const range of ranges) {
    const start = Math.max(range.start, at);
    const end = Math.min(range.end, to);
    if (end <= start) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), isMarked: false });
    pieces.push({ text: text.slice(start, end), isMarked: true });
    at = end;
  }
  if (at < to) pieces.push({ text: text.slice(at, to), isMarked: false });
  return pieces;
}

export interface Section<Part> extends Range {
  /** Who wrote it and when; absent: the author of the whole. */
  readonly part?: Part;
}

/** A text in the order in which people wrote it, without the space between them. */
export function sectionsOf<Part extends Range>(text: string, parts: readonly Part[]): Section<Part>[] {
  const sections: Section<Part>[] = [];
  const between = (start: number, end: number) => {
    const gap = text.slice(start, end);
    if (gap.trim() === '') return;
    const begin = start + gap.length - gap.trimStart().length;
    sections.push({ start: begin, end: begin + gap.trim().length });
  };
  let at = 0;
  for (const part of parts) {
    between(at, part.start);
    sections.push({ start: part.start, end: part.end, part });
    at = part.end;
  }
  between(at, text.length);
  return sections;
}

/** A quote as an address names it: its place ("120-147"), and how it begins, without which the place alone counts. */
export interface NamedQuote {
  readonly place: string;
  readonly words: string;
}

/** Where the quote stands in the text, which may have been changed since; undefined when it does not. */
export function rangeNamed({ place, words }: NamedQuote, text: string): Range | undefined {
  const [, from = '0', to = '0'] = /^(\d{1,9})-(\d{1,9})$/.exec(place) ?? [];
  const [start, end] = [Number(from), Math.min(Number(to), text.length)];
  const spoken = words
    .replace(/…$/, '')
    .split(/\s+/)
    .filter((word) => word !== '');
  if (start < end && inOneLine(text.slice(start, end)).startsWith(spoken.join(' '))) return { start, end };
  return spoken.length === 0 ? undefined : rangeOf(spoken, text);
}

function inOneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}

function rangeOf(words: readonly string[], text: string): Range | undefined {
  const escaped = words.map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  const found = new RegExp(escaped.join(String.raw`\s+`)).exec(text);
  return found ? { start: found.index, end: found.index + found[0].length } : undefined;
}
