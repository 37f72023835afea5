import { type Analysis, type Step, steps, type StepStatus } from './steps';

/** An analysis as it goes on. */
export interface Followed {
  readonly analysis: Analysis;
  /** How far its present step is, 0 to 1, once that was told. */
  readonly fraction?: number;
  /** What the present step's trouble is, such as that it is stuck. */
  readonly trouble?: string;
}

interface EventData {
  readonly at: string;
  readonly step?: Step;
  readonly from_step?: Step;
  readonly method?: Analysis['method'];
  readonly message?: string;
  readonly fraction?: number;
  readonly usage?: StepStatus['usage'];
  readonly problem?: Analysis['error'];
  readonly overall_status?: Analysis['overall_status'];
}

/** Whether the state does not hold the event yet. The stream begins with everything that has ever happened. */
export function isNews({ analysis }: Followed, data: unknown): boolean {
  return (data as EventData).at >= analysis.updated_at;
}

/** The analysis after one of its events. One that it holds already changes nothing. */
export function afterEvent(followed: Followed, event: string, data: unknown): Followed {
  if (!isNews(followed, data)) return followed;
  const { at, step, message = '', fraction, usage = null, problem, overall_status: outcome } = data as EventData;
  const analysis = { ...followed.analysis, updated_at: at };
  switch (event) {
    case 'analysis.queued':
      return { analysis: queued(analysis, data as EventData) };
    case 'analysis.started':
      return { analysis: { ...analysis, overall_status: 'processing' } };
    case 'analysis.finished':
      return { analysis: { ...analysis, overall_status: outcome ?? analysis.overall_status, error: problem } };
    case 'analysis.step.started':
      return {
        analysis: withStep(analysis, step, (now) => ({
          ...now,
          status: 'processing',
          message,
          started_at: now.started_at ?? at,
        })),
      };
    case 'analysis.step.progress':
      return { analysis: withStep(analysis, step, (now) => ({ ...now, message })), fraction };
    case 'analysis.step.retrying':
      return { analysis: withStep(analysis, step, (now) => ({ ...now, message })), trouble: message };
    case 'analysis.step.stuck':
      return { ...followed, analysis, trouble: message };
    case 'analysis.step.completed':
      return {
        analysis: withStep(analysis, step, (now) => ({ ...ended(now, at), status: 'completed', message, usage })),
      };
    case 'analysis.step.failed':
      return {
        analysis: withStep(analysis, step, (now) => ({ ...ended(now, at), status: 'failed', message, error: problem })),
      };
    default:
      return followed;
  }
}

function queued(analysis: Analysis, { from_step: from = 'chunking', method = analysis.method }: EventData): Analysis {
  const waiting = { status: 'pending', message: '', started_at: null, completed_at: null, duration_ms: null } as const;
  const begun: Analysis = { ...analysis, method, overall_status: 'pending', error: undefined };
  return steps
    .slice(steps.indexOf(from))
    .reduce((now, step) => withStep(now, step, () => ({ ...waiting, usage: null })), begun);
}

function ended(step: StepStatus, at: string): StepStatus {
  const duration = step.started_at === null ? null : Date.parse(at) - Date.parse(step.started_at);
  return { ...step, completed_at: at, duration_ms: duration };
}

function withStep(analysis: Analysis, step: Step | undefined, change: (now: StepStatus) => StepStatus): Analysis {
  if (!step) return analysis;
  const { analysis_result: result } = analysis;
  const states = { ...result.steps_status, [step]: change(result.steps_status[step]) };
  return { ...analysis, analysis_result: { ...result, steps_status: states } };
}
