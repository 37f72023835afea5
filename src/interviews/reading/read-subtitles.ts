import type { Transcript, TranscriptFormat, Turn } from '../analysis.js';
import { labelOf, milliseconds } from './labels.js';

interface Cue {
  readonly from_ms: number;
  readonly to_ms: number;
  readonly lines: readonly string[];
}

interface Said {
  readonly speaker: string | undefined;
  readonly text: string;
  readonly from_ms: number;
  readonly to_ms: number;
}

const timeLine = /^\s*((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})\s*-->\s*((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})/;
const voice = /<v(?:\.[^\s>]*)?\s+([^>]*)>/;
/** A speaker who pauses for longer begins anew. */
const longestPauseMs = 8_000;
const longestTurn = 4_000;

/**
 * Who says what in WebVTT or SubRip. Subtitles of the same speaker that follow each other are one turn. What is wrong with
 * single subtitles costs these alone.
 */
export function readSubtitles(file: string, format: TranscriptFormat): Transcript {
  const said = withoutRolling(cuesOf(file)).flatMap(saidIn);
  const turns: Turn[] = [];
  let text = '';
  let last: Said | undefined;
  for (const each of said) {
    const open = turns.at(-1);
    if (open && last && continues(last, each) && open.end - open.start < longestTurn) {
      text += ` ${each.text}`;
      turns[turns.length - 1] = { ...open, end: text.length, to_ms: each.to_ms };
    } else {
      const { speaker, from_ms, to_ms } = each;
      text += `${text === '' ? '' : '\n\n'}${speaker === undefined ? '' : `${speaker}: `}`;
      const start = text.length;
      text += each.text;
      turns.push({ ...(speaker !== undefined && { speaker }), start, end: text.length, from_ms, to_ms });
    }
    last = each;
  }
  return { format, text, turns };
}

/** A subtitle goes from its line of times to the next one, or to an empty line. */
function cuesOf(file: string): Cue[] {
  const cues: Cue[] = [];
  let lines: string[] | undefined;
  for (const line of file.split('\n')) {
    const [, from, to] = timeLine.exec(line) ?? [];
    if (from !== undefined && to !== undefined) {
      lines = [];
      cues.push({ from_ms: milliseconds(from), to_ms: milliseconds(to), lines });
    } else if (line.trim() === '') {
      lines = undefined;
    } else {
      lines?.push(line);
    }
  }
  return cues;
}

/** Live captions say each line again while the next one comes; it is said once. */
function withoutRolling(cues: readonly Cue[]): Cue[] {
  let before: string | undefined;
  return cues.map((cue) => {
    const lines = cue.lines.filter((line) => plain(line) !== '' && plain(line) !== before);
    const latest = cue.lines.at(-1);
    if (latest !== undefined && plain(latest) !== '') before = plain(latest);
    return { ...cue, lines };
  });
}

function saidIn({ from_ms, to_ms, lines }: Cue): Said[] {
  const said: Said[] = [];
  let speaker: string | undefined;
  for (const line of lines) {
    for (const part of line.split(/(?=<v[.\s])|<\/v>/)) {
      const named = voice.exec(part)?.[1]?.trim();
      const label = named === undefined ? labelOf(plain(part)) : undefined;
      const text = (label ? plain(part).slice(label.length) : plain(part)).trim();
      speaker = (named === '' ? undefined : named) ?? label?.speaker ?? speaker;
      const last = said.at(-1);
      if (text === '') continue;
      if (last && last.speaker === speaker) said[said.length - 1] = { ...last, text: `${last.text} ${text}` };
      else said.push({ speaker, text, from_ms, to_ms });
    }
  }
  return said;
}

/** Without a name it is the same speaker, unless a dash or a long pause says otherwise. */
function continues(before: Said, { speaker, text, from_ms }: Said): boolean {
  if (from_ms - before.to_ms > longestPauseMs) return false;
  return (speaker === undefined || speaker === before.speaker) && !/^(-|>>)\s/.test(text);
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: ' ',
  quot: '"',
  lrm: '',
  rlm: '',
};

function plain(line: string): string {
  return line
    .replaceAll(/<[^>\n]{0,200}>|\{\\[^}]*\}/g, '')
    .replaceAll(/&(\w+);/g, (all, entity: string) => entities[entity] ?? all)
    .replaceAll(/\s+/g, ' ')
    .trim();
}
