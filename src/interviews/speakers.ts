import type { Interview, Speaker, SpeakerRole, Transcript, Turn } from './analysis.js';

interface Counted {
  readonly speaker: string;
  turns: number;
  words: number;
  questions: number;
}

const asks = /^(q|interviewer|moderator|facilitator|researcher|host|int|mod)\b/i;
const answers = /^(a|interviewee|participant|respondent|guest|user|p\d{1,2})\b/i;
/** Who is said to ask, before or at the beginning of an interview. */
const saidToAsk = /\binterview(?:ed by|er(?: is|:)) ([^\n.]{0,120})/gi;
/** Of whose turns so many end in a question, and who says less than another, asks. */
const questionShare = 0.3;

/** What is known of an interview besides its text. */
export function describe(interview: number, name: string, { format, text, turns }: Transcript): Interview {
  const speakers = speakersOf(text, turns);
  return { interview, name, format, characters: text.length, words: wordsIn(text), speakers };
}

/** Who is asking: by the name, or by who asks most and says less than those who answer. */
function speakersOf(text: string, turns: readonly Turn[]): Speaker[] {
  const counted = new Map<string, Counted>();
  for (const { speaker, start, end } of turns) {
    if (speaker === undefined) continue;
    const each = counted.get(speaker) ?? { speaker, turns: 0, words: 0, questions: 0 };
    const said = text.slice(start, end);
    each.turns += 1;
    each.words += wordsIn(said);
    if (/\?["'”’)\]]*$/.test(said.trimEnd())) each.questions += 1;
    counted.set(speaker, each);
  }
  const named = [...text.slice(0, 4000).matchAll(saidToAsk)].map(([, names]) => names!).join('\n');
  const all = [...counted.values()];
  const most = Math.max(0, ...all.map(({ words }) => words));
  return all.map((each) => ({
    speaker: each.speaker,
    role: isNamed(each.speaker, named) ? 'interviewer' : roleOf(each, most, all.length),
    turns: each.turns,
    words: each.words,
  }));
}

/** By the last word of the name, which is often all that stands before what somebody says. */
function isNamed(speaker: string, names: string): boolean {
  const last = speaker.split(' ').at(-1)!;
  return last.length > 2 && names.toLowerCase().includes(last.toLowerCase());
}

function roleOf({ speaker, turns, words, questions }: Counted, mostWords: number, count: number): SpeakerRole {
  if (answers.test(speaker)) return 'interviewee';
  if (asks.test(speaker)) return 'interviewer';
  return count > 1 && words < mostWords && questions / turns >= questionShare ? 'interviewer' : 'interviewee';
}

/** Whether what is said in the turn may be quoted: by somebody who answers, or by nobody named where nobody is. */
export function mayBeQuoted({ speakers }: Interview, speaker: string | undefined): boolean {
  if (speaker === undefined) return speakers.length === 0;
  return speakers.some((each) => each.speaker === speaker && each.role === 'interviewee');
}

export function wordsIn(text: string): number {
  return text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
}
