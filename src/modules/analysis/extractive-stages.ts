import { buffer, json } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import type { Chunk, Interview, Meaning, Step, Transcript } from '../../interviews/analysis.js';
import { count } from '../../interviews/confidence.js';
import { activateExtractively } from '../../interviews/extractive/activate.js';
import { explainExtractively } from '../../interviews/extractive/explain.js';
import { ObjectStore } from '../../providers/object-store/object-store.js';
import {
  AnalystFailed,
  type ReadInterview,
  TextAnalyst,
  UnreadableInterview,
} from '../../providers/text-analyst/text-analyst.js';
import { AnalysisTooLarge, InterviewUnreadable, NothingSaid } from './errors.js';
import type { Done, StageContext, StageResult, StageSource, Stages } from './stage.js';

/** Said of everything that was found without a language model. */
const honesty =
  'Made without a language model: statements are sentences of the interviews, themes are phrases that come again, feelings are those of the words used, and principles are templates to be worked on.';

/** The five steps by counting, without a language model. Chunking is the same for both methods. */
@Injectable()
export class ExtractiveStages implements Stages {
  constructor(
    private readonly analyst: TextAnalyst,
    private readonly store: ObjectStore,
  ) {}

  chunking = async (_: Done, context: StageContext): Promise<StageResult<'chunking'>> => {
    const { sources, transcriptKey, signal, report } = context;
    const interviews: Interview[] = [];
    const chunks: Chunk[] = [];
    for (const [index, source] of sources.entries()) {
      await report(`Reading ${count(sources.length, 'interview')}, ${index} done`, index / sources.length);
      const read = await this.within('chunking', () => this.read(source, index + 1, signal));
      await this.store.put(transcriptKey(index + 1), Buffer.from(JSON.stringify(read.transcript)));
      for (const part of read.chunks) chunks.push({ chunk_id: `c${chunks.length + 1}`, ...part });
      interviews.push(read.interview);
    }
    const message = `Successfully created ${count(chunks.length, 'chunk')}`;
    return { output: { interviews, chunks }, message, usage: null };
  };

  inferring = async (done: Done, context: StageContext): Promise<StageResult<'inferring'>> => {
    const { interviews, chunks } = done.chunking!;
    const transcripts = await this.transcripts(interviews, context);
    const found = await this.within('inferring', () =>
      this.analyst.infer(interviews, transcripts, chunks, context.signal),
    );
    if (found.length === 0) throw new NothingSaid('No sentence of anybody who answers says enough to be quoted.');
    const meanings = found.map((meaning, index): Meaning => ({ meaning_id: `m${index + 1}`, ...meaning }));
    const message = `Successfully inferred ${count(meanings.length, 'meaning')} from ${count(chunks.length, 'chunk')}`;
    return { output: { meanings }, message, usage: null, notes: [honesty] };
  };

  relating = async (done: Done, { signal }: StageContext): Promise<StageResult<'relating'>> => {
    const { chunks } = done.chunking!;
    const { meanings } = done.inferring!;
    const found = await this.within('relating', () => this.analyst.relate(meanings, chunks, signal));
    const patterns = found.map((pattern, index) => ({ pattern_id: `p${index + 1}`, ...pattern }));
    const tensions = patterns.filter(({ tension }) => tension !== null).length;
    const message = `Successfully related ${count(meanings.length, 'meaning')} in ${count(patterns.length, 'pattern')}, ${tensions} of them with a tension`;
    const notes = patterns.length === 0 ? ['No two parts of the interviews share enough words to be a pattern.'] : [];
    return { output: { patterns }, message, usage: null, notes };
  };

  explaining = async (done: Done): Promise<StageResult<'explaining'>> => {
    const found = explainExtractively(done.chunking!.interviews, done.inferring!.meanings, done.relating!.patterns);
    const insights = found.map((insight, index) => ({ insight_id: `i${index + 1}`, ...insight }));
    return {
      output: { insights },
      message: `Successfully explained ${count(insights.length, 'insight')}`,
      usage: null,
    };
  };

  activating = async (done: Done): Promise<StageResult<'activating'>> => {
    const found = activateExtractively(done.inferring!.meanings, done.relating!.patterns, done.explaining!.insights);
    const principles = found.map((principle, index) => ({ principle_id: `d${index + 1}`, ...principle }));
    const message = `Successfully activated ${count(principles.length, 'design principle')}`;
    return { output: { principles }, message, usage: null };
  };

  /** The interviews' texts, as chunking has kept them. */
  async transcripts(interviews: readonly Interview[], { transcriptKey }: StageContext): Promise<Transcript[]> {
    const read = async ({ interview }: Interview) =>
      (await json(await this.store.get(transcriptKey(interview)))) as Transcript;
    return Promise.all(interviews.map(read));
  }

  private async read({ name, key }: StageSource, interview: number, signal: AbortSignal): Promise<ReadInterview> {
    try {
      return await this.analyst.read({ name, bytes: await buffer(await this.store.get(key)) }, interview, signal);
    } catch (error) {
      if (error instanceof UnreadableInterview) throw new InterviewUnreadable(name, error.message);
      throw error;
    }
  }

  private async within<Made>(step: Step, work: () => Promise<Made>): Promise<Made> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AnalystFailed)) throw error;
      throw new AnalysisTooLarge(`The step ${step} took more time or memory than it may.`, { cause: error });
    }
  }
}
