import type { Chunk, Interview, Meaning, Pattern, Transcript } from '../../../interviews/analysis.js';
import { chunk } from '../../../interviews/chunking.js';
import { inferExtractively } from '../../../interviews/extractive/infer.js';
import { relateExtractively } from '../../../interviews/extractive/relate.js';
import { decode, tidied } from '../../../interviews/reading/decode.js';
import { formatOf } from '../../../interviews/reading/format.js';
import { readTranscript } from '../../../interviews/reading/read-transcript.js';
import { describe } from '../../../interviews/speakers.js';
import { type ReadInterview, UnreadableInterview } from '../text-analyst.js';

/** What a process does for its parent; each loads what it needs. */
export interface Tasks {
  read(input: { readonly name: string; readonly base64: string; readonly interview: number }): Promise<ReadInterview>;
  infer(input: {
    readonly interviews: readonly Interview[];
    readonly transcripts: readonly Transcript[];
    readonly chunks: readonly Chunk[];
  }): Promise<Omit<Meaning, 'meaning_id'>[]>;
  relate(input: {
    readonly meanings: readonly Meaning[];
    readonly chunks: readonly Chunk[];
  }): Promise<Omit<Pattern, 'pattern_id'>[]>;
}

export type TaskName = keyof Tasks;
export type TaskInput<Name extends TaskName> = Parameters<Tasks[Name]>[0];
export type TaskOutput<Name extends TaskName> = Awaited<ReturnType<Tasks[Name]>>;

export const tasks: Tasks = {
  async read({ name, base64, interview: number }) {
    const bytes = Buffer.from(base64, 'base64');
    const format = formatOf(name, bytes.subarray(0, 4096));
    if (!format) throw new UnreadableInterview('it is none of the formats that can be.');
    const text = format === 'docx' ? tidied(await (await import('./documents.js')).textOf(bytes)) : decode(bytes);
    const transcript = readTranscript(text, format);
    if (transcript.turns.length === 0) throw new UnreadableInterview('nobody says anything in it.');
    const interview = describe(number, name, transcript);
    const { tag } = await import('./tagging.js');
    return { transcript, interview, chunks: chunk(transcript, interview, tag) };
  },
  async infer({ interviews, transcripts, chunks }) {
    const { tag } = await import('./tagging.js');
    return inferExtractively(interviews, transcripts, chunks, tag);
  },
  async relate({ meanings, chunks }) {
    const [{ tag }, { group }] = await Promise.all([import('./tagging.js'), import('./grouping.js')]);
    return relateExtractively(meanings, chunks, tag, group);
  },
};
