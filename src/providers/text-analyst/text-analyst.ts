import type { Chunk, Interview, Meaning, Pattern, Transcript } from '../../interviews/analysis.js';

/** A file as it came. */
export interface InterviewFile {
  readonly name: string;
  readonly bytes: Uint8Array;
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
  /** Who says what in a file. Rejects with `UnreadableInterview`. */
  abstract read(file: InterviewFile, signal: AbortSignal): Promise<Transcript>;
  /** Parts of an interview that hold together; ids are missing since other interviews may come before it. */
  abstract chunk(
    transcript: Transcript,
    interview: Interview,
    signal: AbortSignal,
  ): Promise<readonly Omit<Chunk, 'chunk_id'>[]>;
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
