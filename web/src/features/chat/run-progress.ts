import type { Interrupt, ProblemFrame, QueryFacts, RunEvent } from '../../lib/socket/frames';
import { type Answer, answerOf } from './answer';

/** A part of the work, as far as it has come. Times are milliseconds since 1970, by this browser's clock. */
export interface ProgressStep {
  readonly name: string;
  readonly kind: 'step' | 'tool';
  readonly startedAt: number;
  readonly endedAt?: number;
  /** More about it, such as the table that a tool looks at. */
  readonly detail?: string;
}

/** What is known of a run from its events. */
export interface RunProgress {
  readonly runId: string;
  /** `seq` of the last event. */
  readonly last: number;
  readonly steps: readonly ProgressStep[];
  /** What has been said so far. */
  readonly text: string;
  /** The latest statement. */
  readonly query?: QueryFacts;
  /** What the run asks now. */
  readonly interrupt?: Interrupt;
  readonly answer?: Answer;
  readonly outcome?: 'completed' | 'cancelled' | 'failed';
  readonly problem?: ProblemFrame;
  /** Its events cannot be had any more; its answer is in the conversation. */
  readonly lost?: boolean;
}

export function beginningOf(runId: string): RunProgress {
  return { runId, last: 0, steps: [], text: '' };
}

export function hasEnded({ outcome, lost }: RunProgress): boolean {
  return outcome !== undefined || lost === true;
}

/** The run after its next event, which came at the given time. */
export function progressed(progress: RunProgress, event: RunEvent, at: number): RunProgress {
  const next = { ...progress, last: event.seq };
  switch (event.type) {
    case 'interrupt': {
      const { interrupt_id, kind, question, options, expires_at } = event;
      return { ...next, interrupt: { interrupt_id, kind, question, options, expires_at }, steps: allDone(next, at) };
    }
    case 'assistant':
      // While a run asks something, a partial answer says the same in words.
      return next.interrupt && event.status === 'partial' ? next : { ...next, answer: answerOf(event) };
    case 'run.finished':
      return {
        ...next,
        interrupt: undefined,
        outcome: event.outcome,
        problem: event.problem,
        steps: allDone(next, at),
      };
    default:
      // Anything else is work: whatever was asked has been answered, here or in another window.
      return worked({ ...next, interrupt: undefined }, event, at);
  }
}

function worked(progress: RunProgress, event: RunEvent, at: number): RunProgress {
  switch (event.type) {
    case 'step.started':
      return begun(progress, { name: event.name, kind: 'step', startedAt: at });
    case 'step.finished':
      return done(progress, 'step', event.name, at);
    case 'tool.started':
      return begun(progress, { name: event.name, kind: 'tool', startedAt: at, detail: detailOf(event.input) });
    case 'tool.finished':
      return done(progress, 'tool', event.name, at);
    case 'text.delta':
      return { ...progress, text: progress.text + event.text };
    case 'query.planned':
    case 'query.estimated':
    case 'query.started':
    case 'query.finished': {
      const { sql, query_id, bytes_scanned, cost_usd, row_count } = event;
      return { ...progress, query: { sql, query_id, bytes_scanned, cost_usd, row_count } };
    }
    default:
      return progress;
  }
}

function begun(progress: RunProgress, step: ProgressStep): RunProgress {
  return { ...progress, steps: [...progress.steps, step] };
}

function done(progress: RunProgress, kind: ProgressStep['kind'], name: string, at: number): RunProgress {
  const index = progress.steps.findLastIndex(
    (step) => step.kind === kind && step.name === name && step.endedAt === undefined,
  );
  return index < 0
    ? progress
    : { ...progress, steps: progress.steps.with(index, { ...progress.steps[index]!, endedAt: at }) };
}

function allDone({ steps }: RunProgress, at: number): readonly ProgressStep[] {
  return steps.map((step) => (step.endedAt === undefined ? { ...step, endedAt: at } : step));
}

/** The one short text of a tool's input says enough: what it looks for, or at. */
function detailOf(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const text = Object.values(input).find((value) => typeof value === 'string');
  return typeof text === 'string' ? text.replace(/\s+/g, ' ').slice(0, 120) : undefined;
}

/** What goes on now: the innermost step that has not ended. */
export function currentStep({ steps }: RunProgress): ProgressStep | undefined {
  return steps.findLast(({ endedAt }) => endedAt === undefined);
}

const labels: Readonly<Record<string, string>> = {
  verified_match: 'Looking for a verified answer',
  plan: 'Reading tables',
  check: 'Checking SQL',
  execute: 'Running query',
  check_result: 'Checking the result',
  link_values: 'Looking up values',
  generate: 'Thinking',
  summarise: 'Writing the answer',
  search_catalog: 'Searching the catalog',
  describe_table: 'Reading a table',
  search_values: 'Looking up values',
  search_documents: 'Searching documents',
  find_verified: 'Looking for a verified answer',
  check_sql: 'Checking SQL',
  run_sql: 'Running query',
  make_chart: 'Drawing a chart',
  ask_user: 'Asking you',
};

export function labelOf({ name, kind }: Pick<ProgressStep, 'name' | 'kind'>): string {
  return labels[name] ?? (kind === 'tool' ? `Using ${name}` : name.replaceAll('_', ' '));
}
