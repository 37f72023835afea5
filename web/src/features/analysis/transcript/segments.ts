/** A part of an interview's text that is shown as what it stands for: a quote, or a chunk. */
export interface Mark {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  /** The highest decides where marks overlap. */
  readonly rank: number;
}

export interface Segment {
  readonly start: number;
  readonly text: string;
  readonly mark?: Mark;
}

/** The text from `start` to `end` in pieces: with the mark that they are in, or without any. */
export function segments(text: string, start: number, end: number, marks: readonly Mark[]): readonly Segment[] {
  const inside = marks.filter((mark) => mark.start < end && mark.end > start);
  const cuts = new Set([start, end]);
  for (const mark of inside) {
    cuts.add(Math.max(mark.start, start));
    cuts.add(Math.min(mark.end, end));
  }
  const places = [...cuts].sort((one, other) => one - other);
  const pieces: Segment[] = [];
  for (const [index, from] of places.entries()) {
    const to = places[index + 1];
    if (to === undefined) break;
    const mark = strongest(inside.filter((each) => each.start <= from && each.end >= to));
    const last = pieces.at(-1);
    const piece = text.slice(from, to);
    if (last && last.mark === mark) pieces[pieces.length - 1] = { ...last, text: last.text + piece };
    else pieces.push({ start: from, text: piece, ...(mark && { mark }) });
  }
  return pieces;
}

function strongest(marks: readonly Mark[]): Mark | undefined {
  return marks.reduce<Mark | undefined>((best, mark) => (best && best.rank >= mark.rank ? best : mark), undefined);
}

interface Turn {
  readonly speaker?: string;
  readonly start: number;
  readonly end: number;
}

/** What stands before each turn without being said, such as a heading: without the speaker's name and marks of a format. */
export function textBefore(text: string, turns: readonly Turn[]): readonly string[] {
  return turns.map(({ start, speaker = '' }, index) => {
    const between = text.slice(turns[index - 1]?.end ?? 0, start).trimEnd();
    const said = between.replace(/[*_:\s]+$/, '');
    const heading = speaker !== '' && said.endsWith(speaker) ? said.slice(0, -speaker.length) : between;
    return heading.replace(/[*_\s-]+$/, '').trim();
  });
}

/** 200214 → "3:20", 4_000_000 → "1:06:40". */
export function formatTimestamp(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
