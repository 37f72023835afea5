'use client';

import { RotateCw } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { ProblemNote } from '@/components/ui/problem-note';
import { ApiProblem, type ProblemDocument } from '@/lib/api/problem';
import { useMay } from '@/lib/use-session';
import { type Analysis, currentStep, stepNames } from './steps';
import { useRetry } from './use-retry';

/** Why an analysis ended without a result, and how it can go on. */
export function Failure({ analysis }: { analysis: Analysis }) {
  const mayWrite = useMay('analysis:write');
  const retry = useRetry(analysis.request_id);
  const step = currentStep(analysis) ?? 'activating';
  const { type = '', status = 500, title, detail } = (analysis.error ?? {}) as Partial<ProblemDocument>;
  const { message } = analysis.analysis_result.steps_status[step];
  const problem = new ApiProblem(status, type.split('/').at(-1) ?? 'failed', title ?? 'It failed', detail ?? message);
  const withoutModel = analysis.method === 'model' && (step === 'chunking' || step === 'inferring');
  return (
    <ProblemNote error={problem}>
      {mayWrite && (
        <div className="flex flex-wrap gap-2">
          <Button size="small" busy={retry.isPending} onClick={() => retry.mutate({})}>
            {!retry.isPending && <RotateCw />} Go on from {stepNames[step].name.toLowerCase()}
          </Button>
          {withoutModel && (
            <Button size="small" disabled={retry.isPending} onClick={() => retry.mutate({ method: 'extractive' })}>
              Go on without a language model
            </Button>
          )}
        </div>
      )}
    </ProblemNote>
  );
}
