import type { Transcript, TranscriptFormat, Turn } from '../analysis.js';
import { type Label, labelOf } from './labels.js';

interface Line {
  readonly start: number;
  readonly text: string;
  readonly label: Label | undefined;
}

/** More speakers than this are none: their names are something else before a colon. */
const mostSpeakers = 30;
const alwaysSpeakers =
  /^(q|a|interviewer|interviewee|moderator|facilitator|participant|respondent|p\d{1,2}|speaker \d{1,2})$/i;

/**
 * Who says what in plain text or Markdown. Names count as speakers when they come again; without any, each paragraph is a
 * turn of somebody who is not named. What stands before the first speaker is nobody's turn.
 */
export function readText(text: string, format: TranscriptFormat): Transcript {
  const lines = linesOf(text, format);
  const speakers = speakersIn(lines);
  const turns = speakers.size > 0 ? turnsOf(lines, speakers) : paragraphs(lines);
  return { format, text, turns: turns.filter(({ start, end }) => end > start) };
}

function linesOf(text: string, format: TranscriptFormat): Line[] {
  const lines: Line[] = [];
  const body = format === 'md' ? (/^---\n[^]*?\n---\n/.exec(text)?.[0].length ?? 0) : 0;
  for (let start = body; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(start, end);
    const isHeading = format === 'md' && /^\s{0,3}(#{1,6}\s|[-*_]{3,}\s*$|\|)/.test(line);
    lines.push({ start, text: isHeading ? '' : line, label: isHeading ? undefined : labelOf(line) });
    start = end + 1;
  }
  return lines;
}

/** By name, those that a conversation can be between. */
function speakersIn(lines: readonly Line[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { label } of lines) if (label) counts.set(label.speaker, (counts.get(label.speaker) ?? 0) + 1);
  const recurring = [...counts].filter(([speaker, count]) => count >= 2 || alwaysSpeakers.test(speaker));
  const labelled = recurring.reduce((sum, [, count]) => sum + count, 0);
  const isConversation = recurring.length <= mostSpeakers && labelled >= 2;
  return new Set(isConversation ? recurring.map(([speaker]) => speaker) : []);
}

function turnsOf(lines: readonly Line[], speakers: ReadonlySet<string>): Turn[] {
  const turns: Turn[] = [];
  for (const { start, text, label } of lines) {
    const end = start + text.trimEnd().length;
    if (label && speakers.has(label.speaker)) {
      const { speaker, from_ms } = label;
      const begin = Math.min(start + label.length, end);
      turns.push({ speaker, start: begin, end, ...(from_ms !== undefined && { from_ms }) });
      continue;
    }
    const last = turns.at(-1);
    if (!last || text.trim() === '') continue;
    const begin = last.end > last.start ? last.start : start + (text.length - text.trimStart().length);
    turns[turns.length - 1] = { ...last, start: begin, end };
  }
  return turns;
}

function paragraphs(lines: readonly Line[]): Turn[] {
  const turns: Turn[] = [];
  let isOpen = false;
  for (const { start, text } of lines) {
    if (text.trim() === '') {
      isOpen = false;
      continue;
    }
    const end = start + text.trimEnd().length;
    const last = turns.at(-1);
    if (isOpen && last) turns[turns.length - 1] = { ...last, end };
    else turns.push({ start: start + (text.length - text.trimStart().length), end });
    isOpen = true;
  }
  return turns;
}
