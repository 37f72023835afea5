import type { Chunk, Interview, Meaning, Pattern, Transcript } from '../../interviews/analysis.js';

/** A file as it came. */
export interface InterviewFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** An interview that was read; the ids of its chunks are missing since others may come before it. */
export interface ReadInterview {
  readonly transcript: Transcript;
  readonly interview: Interview;
  readonly chunks: readonly Omit<Chunk, 'chunk_id'>[];
}

/** A file that cannot be read; `message` says why, in words for whoever sent it. */
export class UnreadableInterview extends Error {}

/** Work that took more time or memory than it may, or broke what does it. */
export class AnalystFailed extends Error {}

/**
 * Reads interviews and finds by counting, without a language model, what they say. The same input always gives the same
 * output. Files are not trusted: whatever is in one, only the work on it fails. Everything rejects with
 * `AnalystFailed`, and with the signal's reason when it is aborted.
 */
export abstract class TextAnalyst {
  /** Who says what in a file, which is the given interview, and in which parts it holds together. Rejects with `UnreadableInterview`. */
  abstract read(file: InterviewFile, interview: number, signal: AbortSignal): Promise<ReadInterview>;
  /** The sentences on which the interviews turn; `transcripts` are in the order of `interviews`. */
  abstract infer(
    interviews: readonly Interview[],
    transcripts: readonly Transcript[],
    chunks: readonly Chunk[],
    signal: AbortSignal,
  ): Promise<readonly Omit<Meaning, 'meaning_id'>[]>;
  /** Groups of meanings that share telling words. */
  abstract relate(
    meanings: readonly Meaning[],
    chunks: readonly Chunk[],
    signal: AbortSignal,
  ): Promise<readonly Omit<Pattern, 'pattern_id'>[]>;
}
