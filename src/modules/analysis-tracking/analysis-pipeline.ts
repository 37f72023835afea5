import { json } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { type AnalysisResult, type Step, type StepOutputs, steps, type Usage } from '../../interviews/analysis.js';
import { Clock } from '../../providers/clock/clock.js';
import { ObjectExists, ObjectNotFound } from '../../providers/object-store/errors.js';
import { ObjectStore } from '../../providers/object-store/object-store.js';
import type { Caller } from '../access/caller.js';
import { AnalysisStages } from '../analysis/analysis-stages.js';
import type { Done, StageContext, StageResult } from '../analysis/stage.js';
import type { AnalysisRequest } from './analysis-request.js';
import { partKey, resultKey, stepKey, transcriptKey } from './domain/object-keys.js';
import { complete, completeStep, currentStep, reportStep, startStep } from './domain/progress.js';
import type { TrackedAnalysis } from './tracked-analysis.js';

/** Changes when a step makes something else of the same input, so that nothing old is taken for it. */
const stepsVersion = 1;
const msBetweenReports = 1_000;

const beginnings: Readonly<Record<Step, string>> = {
  chunking: 'Reading the interviews',
  inferring: 'Finding what each chunk means',
  relating: 'Looking for patterns',
  explaining: 'Explaining the patterns',
  activating: 'Turning insights into design principles',
};

/**
 * Does the steps of an analysis from the first that is not completed. What comes of a step is stored as an object, under a
 * key made of all that it depends on, before the step is marked completed: whoever begins it again after a crash finds it
 * there, and no step's effect happens twice.
 */
@Injectable()
export class AnalysisPipeline {
  constructor(
    private readonly stages: AnalysisStages,
    private readonly store: ObjectStore,
    private readonly clock: Clock,
  ) {}

  async run(tracked: TrackedAnalysis, caller: Caller, signal: AbortSignal): Promise<void> {
    const done: { -readonly [Name in Step]?: StageResult<Name> } = {};
    for (const step of steps) {
      signal.throwIfAborted();
      const { output } = tracked.item.steps[step];
      const isDone = currentStep(tracked.item) !== step && output !== undefined;
      const result = isDone ? await this.read(output) : await this.step(step, tracked, done, caller, signal);
      Object.assign(done, { [step]: result });
    }
    signal.throwIfAborted();
    const result = resultOf(tracked.item, done as Results);
    const key = resultKey(tracked.item, result);
    await this.keep(key, async () => result);
    await tracked.change((item) => complete(item, key));
  }

  private async step<Name extends Step>(
    step: Name,
    tracked: TrackedAnalysis,
    results: Partial<Results>,
    caller: Caller,
    signal: AbortSignal,
  ): Promise<StageResult<Name>> {
    const { item } = tracked;
    const key = stepKey(item, step, inputOf(item, step));
    await tracked.change((each) => startStep(each, step, beginnings[step], this.now()));
    const context: StageContext = {
      caller,
      method: item.method,
      sources: item.sources,
      transcriptKey: (interview) => transcriptKey(item, interview),
      signal,
      report: this.reporter(tracked, step),
      part: (input, make) => this.keep(partKey(item, step, [inputOf(item, step), input]), make),
      spent: spentIn(item),
    };
    const outputs = Object.fromEntries(Object.entries(results).map(([name, { output }]) => [name, output])) as Done;
    const result = await this.keep(key, () => this.stages.run(step, outputs, context));
    signal.throwIfAborted();
    const { message, usage } = result;
    await tracked.change((each) => completeStep(each, step, { message, usage, output: key }, this.now()));
    return result;
  }

  /** Progress is told about once a second; the first at once. */
  private reporter(tracked: TrackedAnalysis, step: Step): StageContext['report'] {
    let last = -Infinity;
    return async (message, fraction) => {
      const now = performance.now();
      if (now - last < msBetweenReports) return;
      last = now;
      await tracked.change((item) => reportStep(item, step, message, Math.round(fraction * 100) / 100));
    };
  }

  /** What is there under the key, else what is made now, which is there then. Whoever is first decides. */
  private async keep<Made>(key: string, make: () => Promise<Made>): Promise<Made> {
    if (await this.store.head(key)) return this.read<Made>(key);
    const made = await make();
    try {
      await this.store.put(key, Buffer.from(JSON.stringify(made)), { ifAbsent: true });
      return made;
    } catch (error) {
      if (error instanceof ObjectExists) return this.read<Made>(key);
      throw error;
    }
  }

  private async read<Made>(key: string): Promise<Made> {
    try {
      return (await json(await this.store.get(key))) as Made;
    } catch (error) {
      if (error instanceof ObjectNotFound)
        throw new Error(`What a completed step had left is gone: ${key}`, { cause: error });
      throw error;
    }
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

type Results = { [Name in Step]: StageResult<Name> };

/** All that a step's output depends on: the interviews, how they are analysed, and which time this is done. */
function inputOf({ sources, method, steps: states }: AnalysisRequest, step: Step): unknown {
  const before = steps.slice(0, steps.indexOf(step) + 1);
  const files = sources.map(({ name, sha256 }) => [name, sha256]);
  const rounds = before.map((each) => states[each].round);
  return [stepsVersion, files, step === 'chunking' ? null : method, rounds];
}

function spentIn({ steps: states }: AnalysisRequest): StageContext['spent'] {
  const { input_tokens, output_tokens, cost_usd } = sumOf(steps.map((step) => states[step].usage));
  return { tokens: input_tokens + output_tokens, cost_usd };
}

function resultOf(item: AnalysisRequest, results: Results): AnalysisResult {
  const { request_id, title, method, created_at } = item;
  const all = steps.map((step) => results[step]);
  const outputs = Object.assign({}, ...all.map(({ output }) => output)) as StepOutputs[Step];
  const model = all.find((each) => each.model !== undefined)?.model;
  const dropped = all.reduce((sum, { droppedQuotes = 0 }) => sum + droppedQuotes, 0);
  return {
    request_id,
    title,
    method,
    ...(model !== undefined && { model }),
    created_at,
    notes: all.flatMap(({ notes = [] }) => notes),
    usage: sumOf(all.map(({ usage }) => usage)),
    dropped_quotes: dropped,
    ...(outputs as unknown as Pick<
      AnalysisResult,
      'interviews' | 'chunks' | 'meanings' | 'patterns' | 'insights' | 'principles'
    >),
  };
}

function sumOf(usages: readonly (Usage | null)[]): Usage {
  const counted = usages.filter((usage) => usage !== null);
  const isPriced = counted.every(({ cost_usd }) => cost_usd !== null);
  return {
    input_tokens: counted.reduce((sum, { input_tokens }) => sum + input_tokens, 0),
    output_tokens: counted.reduce((sum, { output_tokens }) => sum + output_tokens, 0),
    cost_usd: isPriced ? counted.reduce((sum, { cost_usd }) => sum + (cost_usd ?? 0), 0) : null,
  };
}
