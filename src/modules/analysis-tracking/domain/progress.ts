import { type Method, type Step, steps } from '../../../interviews/analysis.js';
import type { AnalysisRequest, Status, StepState, StepUsage } from '../analysis-request.js';

/** What happens in an analysis. `request_id`, `seq` and `at` are added when it is recorded. */
export type AnalysisEvent =
  | { readonly type: 'analysis.queued'; readonly from_step: Step; readonly method: Method }
  | { readonly type: 'analysis.started' }
  | { readonly type: 'analysis.step.started'; readonly step: Step; readonly message: string }
  | {
      readonly type: 'analysis.step.progress';
      readonly step: Step;
      readonly message: string;
      readonly fraction: number;
    }
  | { readonly type: 'analysis.step.retrying'; readonly step: Step; readonly message: string }
  | { readonly type: 'analysis.step.stuck'; readonly step: Step; readonly message: string }
  | {
      readonly type: 'analysis.step.completed';
      readonly step: Step;
      readonly message: string;
      readonly usage: StepUsage | null;
    }
  | { readonly type: 'analysis.step.failed'; readonly step: Step; readonly message: string; readonly problem: unknown }
  | { readonly type: 'analysis.finished'; readonly overall_status: 'completed' | 'failed'; readonly problem?: unknown };

export type EventType = AnalysisEvent['type'];

/** What changes, and what is told of it. */
export interface Transition {
  readonly set: Partial<AnalysisRequest>;
  readonly remove?: readonly (keyof AnalysisRequest)[];
  readonly events: readonly AnalysisEvent[];
}

/** Asked of an analysis in whose state it makes no sense. */
export class IllegalTransition extends Error {
  constructor(what: string, { request_id, overall_status }: AnalysisRequest) {
    super(`${what} does not fit the analysis ${request_id}, which is ${overall_status}`);
  }
}

const waiting: Omit<StepState, 'round'> = {
  status: 'pending',
  message: 'Waiting for the steps before it',
  started_at: null,
  completed_at: null,
  usage: null,
};

/** All five, before anything has begun. */
export function newSteps(): Record<Step, StepState> {
  return fromSteps(() => ({ ...waiting, round: 1 }));
}

/** The step that an analysis is at: the first that is not completed. Undefined when all are. */
export function currentStep({ steps: states }: Pick<AnalysisRequest, 'steps'>): Step | undefined {
  return steps.find((step) => states[step].status !== 'completed');
}

/** A process has taken it on. */
export function claim(item: AnalysisRequest, attempt: string, jobId: string): Transition {
  require('Beginning', item, isOpen(item));
  return {
    set: { attempt, job_id: jobId, overall_status: 'processing' },
    events: item.overall_status === 'pending' ? [{ type: 'analysis.started' }] : [],
  };
}

/** A step may begin again after its process died: its start stays. */
export function startStep(item: AnalysisRequest, step: Step, message: string, now: string): Transition {
  require(`Starting ${step}`, item, isWorkedOn(item) && currentStep(item) === step);
  const { started_at: startedAt } = item.steps[step];
  const state = { status: 'processing', message, started_at: startedAt ?? now } as const;
  return { set: withStep(item, step, state), events: [{ type: 'analysis.step.started', step, message }] };
}

export function reportStep(item: AnalysisRequest, step: Step, message: string, fraction: number): Transition {
  require(`Reporting ${step}`, item, isProcessing(item, step));
  return {
    set: withStep(item, step, { message }),
    events: [{ type: 'analysis.step.progress', step, message, fraction }],
  };
}

export interface StepDone {
  readonly message: string;
  readonly usage: StepUsage | null;
  readonly output: string;
}

export function completeStep(item: AnalysisRequest, step: Step, done: StepDone, now: string): Transition {
  require(`Completing ${step}`, item, isProcessing(item, step));
  const { message, usage } = done;
  return {
    set: withStep(item, step, { ...done, status: 'completed', completed_at: now }),
    events: [{ type: 'analysis.step.completed', step, message, usage }],
  };
}

/** The job is going to be started again. */
export function retryStepLater(item: AnalysisRequest, step: Step, message: string): Transition {
  require(`Retrying ${step}`, item, isProcessing(item, step));
  return { set: withStep(item, step, { message }), events: [{ type: 'analysis.step.retrying', step, message }] };
}

export interface Failure {
  /** Names the step, the cause and what can be done. */
  readonly message: string;
  readonly problem: object;
}

/** The step that it is at has failed, or somebody has cancelled it there. */
export function fail(item: AnalysisRequest, { message, problem }: Failure, now: string): Transition {
  require('Failing', item, isOpen(item));
  const step = currentStep(item) ?? 'activating';
  const error = JSON.stringify(problem);
  return {
    set: {
      ...withStep(item, step, { status: 'failed', message, completed_at: now, error }),
      overall_status: 'failed',
      error,
    },
    remove: ['attempt'],
    events: [
      { type: 'analysis.step.failed', step, message, problem },
      { type: 'analysis.finished', overall_status: 'failed', problem },
    ],
  };
}

export function complete(item: AnalysisRequest, result: string): Transition {
  require('Completing', item, isWorkedOn(item) && currentStep(item) === undefined);
  return {
    set: { overall_status: 'completed', result },
    remove: ['attempt'],
    events: [{ type: 'analysis.finished', overall_status: 'completed' }],
  };
}

/** Whether it can go on from `step`, by `method`: it has ended, and everything before the step is there. */
export function mayRetry(item: AnalysisRequest, step: Step, method: Method): boolean {
  const reached = steps.slice(0, steps.indexOf(step)).every((each) => item.steps[each].status === 'completed');
  const sameBefore = method === item.method || steps.indexOf(step) <= steps.indexOf('inferring');
  return !isOpen(item) && reached && sameBefore;
}

/**
 * Puts it back to `step`. A step that had completed is done anew; one that had not goes on with what it has so far.
 */
export function retryFrom(item: AnalysisRequest, step: Step, method: Method): Transition {
  require(`Retrying from ${step}`, item, mayRetry(item, step, method));
  const first = steps.indexOf(step);
  const states = fromSteps((each) => {
    const { round, status } = item.steps[each];
    if (steps.indexOf(each) < first) return item.steps[each];
    return { ...waiting, round: status === 'completed' ? round + 1 : round };
  });
  return {
    set: { steps: states, method, overall_status: 'pending', round: item.round + 1 },
    remove: ['attempt', 'error', 'result', 'stuck', 'job_id'],
    events: [{ type: 'analysis.queued', from_step: step, method }],
  };
}

function withStep(item: AnalysisRequest, step: Step, change: Partial<StepState>): Pick<AnalysisRequest, 'steps'> {
  return { steps: { ...item.steps, [step]: { ...item.steps[step], ...change } } };
}

function fromSteps(state: (step: Step) => StepState): Record<Step, StepState> {
  return Object.fromEntries(steps.map((step) => [step, state(step)])) as Record<Step, StepState>;
}

const openStatuses: ReadonlySet<Status> = new Set(['pending', 'processing']);

function isOpen(item: AnalysisRequest): boolean {
  return openStatuses.has(item.overall_status);
}

function isWorkedOn(item: AnalysisRequest): boolean {
  return item.overall_status === 'processing' && item.attempt !== undefined;
}

function isProcessing(item: AnalysisRequest, step: Step): boolean {
  return isWorkedOn(item) && currentStep(item) === step && item.steps[step].status === 'processing';
}

function require(what: string, item: AnalysisRequest, isLegal: boolean): void {
  if (!isLegal) throw new IllegalTransition(what, item);
}
