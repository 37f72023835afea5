import { Badge, type Tone } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { Failure } from './failure';
import type { Followed } from './followed';
import { StepList } from './step-list';
import { type Analysis, currentStep, steps } from './steps';

const tones: Readonly<Record<Analysis['overall_status'], Tone>> = {
  pending: 'neutral',
  processing: 'accent',
  completed: 'success',
  failed: 'danger',
};

/** An analysis that has no result yet: the five steps as they happen, or why they ended. */
export function UnderWay({ followed }: { followed: Followed }) {
  const { analysis } = followed;
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      {analysis.overall_status === 'failed' && <Failure analysis={analysis} />}
      <Card>
        <p role="status" className="mb-4">
          <Badge tone={tones[analysis.overall_status]}>{inWords(analysis)}</Badge>
        </p>
        <StepList followed={followed} />
      </Card>
      {analysis.overall_status !== 'failed' && (
        <p className="text-[13px] text-muted-foreground">
          You can leave this page: the analysis goes on, also when the service is started again.
        </p>
      )}
    </div>
  );
}

function inWords(analysis: Analysis): string {
  const step = currentStep(analysis);
  const number = step === undefined ? steps.length : steps.indexOf(step) + 1;
  switch (analysis.overall_status) {
    case 'pending':
      return 'Waits for its turn';
    case 'failed':
      return `Ended at step ${number} of ${steps.length}`;
    default:
      return `Step ${number} of ${steps.length}`;
  }
}
