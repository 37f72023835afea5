import { Time } from '@/components/ui/time';
import { formatCount, formatDuration } from '@/lib/format';
import { type Analysis, isOver, steps } from './progress/steps';

/** What was analysed, how, when, and how long it took. */
export function AnalysisFacts({ analysis }: { analysis: Analysis }) {
  const { interviews, method, created_at: at } = analysis;
  const [only] = interviews;
  const took = steps.reduce((sum, step) => sum + (analysis.analysis_result.steps_status[step].duration_ms ?? 0), 0);
  return (
    <>
      {interviews.length === 1 && only ? (
        only.name !== analysis.title && <span className="break-all">{only.name}, </span>
      ) : (
        <span title={interviews.map(({ name }) => name).join(', ')}>
          {formatCount(interviews.length, 'interview')},{' '}
        </span>
      )}
      {method === 'model' ? 'with a language model' : 'without a language model'}, begun <Time at={at} />
      {isOver(analysis) && <>, took {formatDuration(took)}</>}
    </>
  );
}
