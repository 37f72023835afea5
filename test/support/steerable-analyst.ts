import type { Chunk, Interview, Meaning, Transcript } from '../../src/interviews/analysis.js';
import { type InterviewFile, TextAnalyst } from '../../src/providers/text-analyst/text-analyst.js';

type Work = 'read' | 'infer' | 'relate';

/** Does what another one does, after what a test has arranged. */
export class SteerableAnalyst extends TextAnalyst {
  /** Called before each piece of work; what it throws is what comes of that. */
  before: (work: Work, signal: AbortSignal) => Promise<void> = () => Promise.resolve();

  constructor(private readonly real: TextAnalyst) {
    super();
  }

  async read(file: InterviewFile, interview: number, signal: AbortSignal) {
    await this.before('read', signal);
    return this.real.read(file, interview, signal);
  }

  async infer(
    interviews: readonly Interview[],
    transcripts: readonly Transcript[],
    chunks: readonly Chunk[],
    signal: AbortSignal,
  ) {
    await this.before('infer', signal);
    return this.real.infer(interviews, transcripts, chunks, signal);
  }

  async relate(meanings: readonly Meaning[], chunks: readonly Chunk[], signal: AbortSignal) {
    await this.before('relate', signal);
    return this.real.relate(meanings, chunks, signal);
  }
}
