/** A stretch of a text that is found as one. Offsets count UTF-16 units. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  /** The Markdown headings above it, the highest first. */
  readonly headings: readonly string[];
}

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** About what small embedding models read at once, with room for title and headings. */
export const mostTokens = 256;
/** A section that is shorter goes together with the next one. */
const fewTokens = 40;

const heading = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/;
const fence = /^ {0,3}(```|~~~)/;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/gu;
/** Where a block that is too long is cut, the best places first. */
const cuts = [/\n+/g, /[.!?…](?=\s)\s*|[。！？]/g, /\s+/g];

/** How many tokens a model makes of a text, roughly: a quarter of its characters, and each character of scripts without spaces. */
export function tokensOf(text: string): number {
  const dense = text.match(unspaced)?.length ?? 0;
  return Math.ceil(dense + (text.length - dense) / 4);
}

/**
 * Cuts a text where its structure does: never across the stretches that somebody else wrote, at headings, blank lines and
 * code, else at lines, sentences and words. Chunks are in order, do not overlap, have at most `mostTokens`, and leave
 * out nothing but white space.
 */
export function chunksOf(text: string, parts: readonly Stretch[] = []): Chunk[] {
  return stretchesOf(text, parts).flatMap((stretch) => [...chunksOfStretch(text, stretch)]);
}

/** The parts, and what lies between them. */
function stretchesOf(text: string, parts: readonly Stretch[]): Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  for (const part of parts) {
    const start = Math.max(part.start, at);
    const end = Math.min(part.end, text.length);
    if (end <= start) continue;
    stretches.push({ start: at, end: start }, { start, end });
    at = end;
  }
  return [...stretches, { start: at, end: text.length }];
}

interface Block extends Stretch {
  readonly isHeading: boolean;
  readonly headings: readonly string[];
}

function* chunksOfStretch(text: string, stretch: Stretch): Generator<Chunk> {
  let open: { start: number; end: number; tokens: number; headings: readonly string[] } | undefined;
  for (const block of blocksOf(text, stretch)) {
    for (const { start, end } of atomsOf(text, block, 0)) {
      const tokens = tokensOf(text.slice(open?.start ?? start, end));
      const endsSection = block.isHeading && open !== undefined && open.tokens > fewTokens;
      if (open && !endsSection && tokens <= mostTokens) Object.assign(open, { end, tokens });
      else {
        if (open) yield* trimmed(text, open);
        open = { start, end, tokens: tokensOf(text.slice(start, end)), headings: block.headings };
      }
    }
  }
  if (open) yield* trimmed(text, open);
}

/** Headings, paragraphs and pieces of code, one behind the other, with the white space after them. */
function* blocksOf(text: string, { start, end }: Stretch): Generator<Block> {
  let path: { level: number; title: string }[] = [];
  let begin = start;
  let inFence = false;
  let isHeading = false;
  let wasBlank = false;
  const block = (to: number): Block => ({ start: begin, end: to, isHeading, headings: path.map(({ title }) => title) });
  for (const { line, at } of linesOf(text, start, end)) {
    const title = inFence ? null : heading.exec(line);
    const isFence = fence.test(line);
    const isBlank = line.trim() === '';
    const begins = title !== null || (isFence && !inFence) || (wasBlank && !isBlank && !inFence) || isHeading;
    if (begins && !isBlank && at > begin) {
      yield block(at);
      begin = at;
      isHeading = false;
    }
    if (title) {
      const level = title[1]!.length;
      path = [...path.filter((above) => above.level < level), { level, title: title[2]!.trim() }];
      isHeading = true;
    }
    if (isFence) inFence = !inFence;
    wasBlank = isBlank;
  }
  if (end > begin) yield block(end);
}

function* linesOf(text: string, start: number, end: number): Generator<{ line: string; at: number }> {
  for (let at = start; at < end;) {
    const newline = text.indexOf('\n', at);
    const next = newline === -1 || newline >= end ? end : newline + 1;
    yield { line: text.slice(at, next).trimEnd(), at };
    at = next;
  }
}

/** Pieces that are short enough, cut as well as it goes. */
function* atomsOf(text: string, { start, end }: Stretch, level: number): Generator<Stretch> {
  if (tokensOf(text.slice(start, end).trim()) <= mostTokens) {
    yield { start, end };
    return;
  }
  const separator = cuts[level];
  if (separator === undefined) return yield* hardCuts(text, start, end);
  let begin = start;
  for (const { 0: found, index } of text.slice(start, end).matchAll(separator)) {
    const cut = start + index + found.length;
    if (cut >= end) break;
    yield* atomsOf(text, { start: begin, end: cut }, level + 1);
    begin = cut;
  }
  yield* atomsOf(text, { start: begin, end }, level + 1);
}

/** Without any structure: so many characters, never half of one. Even if each is a token, they are few enough. */
function* hardCuts(text: string, start: number, end: number): Generator<Stretch> {
  for (let at = start; at < end;) {
    const most = Math.min(at + mostTokens, end);
    const cut = most < end && /[\uDC00-\uDFFF]/.test(text[most]!) ? most - 1 : most;
    yield { start: at, end: cut };
    at = cut;
  }
}

function* trimmed(text: string, { start, end, headings }: Chunk): Generator<Chunk> {
  const content = text.slice(start, end);
  const first = start + content.length - content.trimStart().length;
  const last = start + content.trimEnd().length;
  if (last > first) yield { start: first, end: last, headings };
}
