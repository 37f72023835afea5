import type { Schemas } from '@/lib/api/client';

export type Analysis = Schemas['AnalysisStatus'];
export type Step = keyof Schemas['AnalysisStepsStatus'];
export type StepStatus = Schemas['AnalysisStepStatus'];
export type Method = Analysis['method'];

/** In their order. */
export const steps: readonly Step[] = ['chunking', 'inferring', 'relating', 'explaining', 'activating'];

/** What the steps are called, and what they do. */
export const stepNames: Readonly<Record<Step, { readonly name: string; readonly does: string }>> = {
  chunking: { name: 'Chunking', does: 'Split the interviews where speakers and subjects change' },
  inferring: { name: 'Inferring', does: 'Find what each chunk means, with a quote for it' },
  relating: { name: 'Relating', does: 'Find patterns across meanings, and where they disagree' },
  explaining: { name: 'Explaining', does: 'Turn patterns into insights, with what speaks for and against them' },
  activating: { name: 'Activating', does: 'Turn insights into principles to design by' },
};

export const methodNames: Readonly<Record<Method, string>> = {
  model: 'Language model',
  extractive: 'Extractive',
};

export function isOver({ overall_status: status }: Pick<Analysis, 'overall_status'>): boolean {
  return status === 'completed' || status === 'failed';
}

/** The step at which it is, or at which it failed; undefined once all are completed. */
export function currentStep({ analysis_result: { steps_status: states } }: Analysis): Step | undefined {
  return steps.find((step) => states[step].status !== 'completed');
}

/** From where an analysis that has ended can go on: every step up to the first that is not completed. */
export function retryableSteps(analysis: Analysis): readonly Step[] {
  if (!isOver(analysis)) return [];
  const current = currentStep(analysis);
  return current === undefined ? steps : steps.slice(0, steps.indexOf(current) + 1);
}
