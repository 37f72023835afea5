import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../../config/config.js';
import type { Chunk, Meaning, Usage } from '../../../interviews/analysis.js';
import { count } from '../../../interviews/confidence.js';
import type { LanguageModel } from '../../../providers/language-model/language-model.js';
import { LanguageModels } from '../../../providers/language-model/language-models.js';
import { ChatSpending } from '../../tools/chat-spending.js';
import { NoLanguageModel, NothingSaid } from '../errors.js';
import { ExtractiveStages } from '../extractive-stages.js';
import type { Done, StageContext, StageResult, Stages } from '../stage.js';
import {
  checkedInsights,
  checkedMeanings,
  type CheckedMeanings,
  checkedPatterns,
  checkedPrinciples,
} from './checked-answers.js';
import {
  askInsights,
  askMeanings,
  askPatterns,
  askPrinciples,
  type InsightsAnswer,
  type MeaningsAnswer,
  type PatternsAnswer,
  type PrinciplesAnswer,
  questionsVersion,
} from './questions.js';
import { StructuredAnswers, total } from './structured-answers.js';

/** Tokens of chunks that are read in one call. */
const batchTokens = 2_400;
/** Meanings that are related, or weighed, in one call; the most salient ones are. */
const mostMeanings = 300;

interface Batch extends CheckedMeanings {
  readonly usage: Usage;
}

/** The five steps by a language model: what it says is checked against the interviews, and counted where it can be. */
@Injectable()
export class ModelStages implements Stages {
  constructor(
    @Inject(LanguageModels) private readonly models: LanguageModels,
    private readonly spending: ChatSpending,
    private readonly extractive: ExtractiveStages,
    private readonly config: Config,
  ) {}

  chunking = (done: Done, context: StageContext): Promise<StageResult<'chunking'>> => {
    this.model();
    return this.extractive.chunking(done, context);
  };

  inferring = async (done: Done, context: StageContext): Promise<StageResult<'inferring'>> => {
    const { interviews, chunks } = done.chunking!;
    const { signal, part, report } = context;
    const answers = await this.answers(context);
    const transcripts = await this.extractive.transcripts(interviews, context);
    const batches = batchesOf(chunks);
    let read = 0;
    const found = await inParallel(batches, this.config.analysisModelCalls, async (batch): Promise<Batch> => {
      signal.throwIfAborted();
      const texts = batch.map(({ chunk_id, text }) => [chunk_id, text]);
      const made = await part([questionsVersion, this.model().defaultModelId, texts], async () => {
        const asked = await answers.ask<MeaningsAnswer>(askMeanings(interviews, transcripts, batch));
        return { ...checkedMeanings(asked.answer, interviews, transcripts, batch), usage: asked.usage };
      });
      read += batch.length;
      await report(`Read ${read} of ${count(chunks.length, 'chunk')}`, read / chunks.length);
      return made;
    });
    const meanings = found
      .flatMap((batch) => batch.meanings)
      .map((meaning, index): Meaning => ({ meaning_id: `m${index + 1}`, ...meaning }));
    if (meanings.length === 0) throw new NothingSaid('The language model found nothing that the interviews bear out.');
    const droppedQuotes = found.reduce((sum, batch) => sum + batch.droppedQuotes, 0);
    const dropped = droppedQuotes === 0 ? '' : `; dropped ${count(droppedQuotes, 'quote')} that nobody has said`;
    return {
      output: { meanings },
      message: `Successfully inferred ${count(meanings.length, 'meaning')} from ${count(chunks.length, 'chunk')}${dropped}`,
      usage: total(found.map(({ usage }) => usage)),
      model: this.model().defaultModelId,
      droppedQuotes,
      notes: [
        `Read by the language model ${this.model().defaultModelId}. Every quote stands in an interview word for word${
          droppedQuotes === 0
            ? ''
            : `; ${count(droppedQuotes, 'quote')} that did not were dropped with what they were to show`
        }. Support and confidence are counted.`,
      ],
    };
  };

  relating = async (done: Done, context: StageContext): Promise<StageResult<'relating'>> => {
    const { meanings } = done.inferring!;
    const answers = await this.answers(context);
    const { answer, usage } = await answers.ask<PatternsAnswer>(askPatterns(mostSalient(meanings)));
    const patterns = checkedPatterns(answer, meanings).map((pattern, index) => ({
      pattern_id: `p${index + 1}`,
      ...pattern,
    }));
    const tensions = patterns.filter(({ tension }) => tension !== null).length;
    const message = `Successfully related ${count(meanings.length, 'meaning')} in ${count(patterns.length, 'pattern')}, ${tensions} of them with a tension`;
    const left = meanings.length - mostMeanings;
    const notes = left > 0 ? [`The ${count(left, 'meaning')} of least salience were not related to the others.`] : [];
    return { output: { patterns }, message, usage, notes };
  };

  explaining = async (done: Done, context: StageContext): Promise<StageResult<'explaining'>> => {
    const { meanings } = done.inferring!;
    const { patterns } = done.relating!;
    if (patterns.length === 0) return this.extractive.explaining(done);
    const answers = await this.answers(context);
    const { answer, usage } = await answers.ask<InsightsAnswer>(askInsights(mostSalient(meanings), patterns));
    const found = checkedInsights(answer, done.chunking!.interviews, meanings, patterns);
    const insights = found.map((insight, index) => ({ insight_id: `i${index + 1}`, ...insight }));
    return { output: { insights }, message: `Successfully explained ${count(insights.length, 'insight')}`, usage };
  };

  activating = async (done: Done, context: StageContext): Promise<StageResult<'activating'>> => {
    const { insights } = done.explaining!;
    if (insights.length === 0) return this.extractive.activating(done);
    const answers = await this.answers(context);
    const { answer, usage } = await answers.ask<PrinciplesAnswer>(askPrinciples(insights, done.relating!.patterns));
    const found = checkedPrinciples(answer, insights);
    const principles = found.map((principle, index) => ({ principle_id: `d${index + 1}`, ...principle }));
    const message = `Successfully activated ${count(principles.length, 'design principle')}`;
    return { output: { principles }, message, usage };
  };

  /** Throws `BudgetExhausted` or `QuotaExceeded` when nothing more may be spent. */
  private async answers({ caller, signal, spent }: StageContext): Promise<StructuredAnswers> {
    const { analysisTokens: tokens, analysisUsd } = this.config;
    const taken = { toolCalls: 0, tokens: spent.tokens, usd: spent.cost_usd ?? 0 };
    const budget = await this.spending.begin(caller, taken, { toolCalls: 0, tokens, usd: analysisUsd || null });
    return new StructuredAnswers(this.model(), budget, this.spending, { caller, signal });
  }

  private model(): LanguageModel {
    const model = this.models.default;
    if (!model) throw new NoLanguageModel('The method "model" needs a language model, and none is set up here.');
    return model;
  }
}

/** Chunks in their order, as many together as are read in one call. */
function batchesOf(chunks: readonly Chunk[]): Chunk[][] {
  const batches: Chunk[][] = [];
  let tokens = Infinity;
  for (const chunk of chunks) {
    if (tokens + chunk.tokens > batchTokens) {
      batches.push([]);
      tokens = 0;
    }
    batches.at(-1)!.push(chunk);
    tokens += chunk.tokens;
  }
  return batches;
}

function mostSalient(meanings: readonly Meaning[]): Meaning[] {
  if (meanings.length <= mostMeanings) return [...meanings];
  const least = [...meanings].sort((a, b) => b.salience - a.salience)[mostMeanings - 1]!.salience;
  return meanings.filter(({ salience }) => salience >= least).slice(0, mostMeanings);
}

/** Some at a time; results in the order of the items. The first fault ends it once what has begun is over. */
async function inParallel<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < items.length && !failed) {
      const index = next++;
      try {
        results[index] = await work(items[index]!);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  const fault = ended.find((each) => each.status === 'rejected');
  if (fault) throw fault.reason;
  return results;
}
