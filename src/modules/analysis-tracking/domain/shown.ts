import { type Step, steps } from '../../../interviews/analysis.js';
import type { AnalysisStatusAnswer, AnalysisStepStatus, AnalysisSummary } from '../analysis.dto.js';
import type { AnalysisRequest, StepState } from '../analysis-request.js';
import { currentStep } from './progress.js';

export function addressOf(requestId: string): string {
  return `/api/v1/analysis/requests/${requestId}`;
}

/** An analysis as the API shows it. */
export function shownStatus(item: AnalysisRequest): AnalysisStatusAnswer {
  const { request_id, research_data, title, method, user_id, created_at, updated_at, overall_status, error } = item;
  const states = Object.fromEntries(steps.map((step) => [step, shownStep(item.steps[step])]));
  return {
    request_id,
    status: {
      request_id,
      research_data,
      title,
      method,
      interviews: item.sources.map(({ name, research_data: given, bytes }, index) => ({
        interview: index + 1,
        name,
        research_data: given,
        bytes,
      })),
      analysis_result: {
        result_data: item.result === undefined ? null : `${addressOf(request_id)}/result`,
        steps_status: states as Record<Step, AnalysisStepStatus>,
      },
      user_id,
      created_at,
      updated_at,
      overall_status,
      ...(error !== undefined && { error: JSON.parse(error) as object }),
    },
  };
}

export function shownSummary(item: AnalysisRequest): AnalysisSummary {
  const { request_id, research_data, title, method, created_at, updated_at, overall_status } = item;
  const step = currentStep(item) ?? null;
  return { request_id, research_data, title, method, created_at, updated_at, overall_status, step };
}

function shownStep(state: StepState): AnalysisStepStatus {
  const { status, message, started_at, completed_at, usage, error } = state;
  const hasEnded = started_at !== null && completed_at !== null;
  return {
    status,
    message,
    started_at,
    completed_at,
    duration_ms: hasEnded ? Date.parse(completed_at) - Date.parse(started_at) : null,
    usage,
    ...(error !== undefined && { error: JSON.parse(error) as object }),
  };
}
