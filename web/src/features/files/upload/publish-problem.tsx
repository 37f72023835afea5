import { Button } from '@/components/ui/button';
import { ProblemNote } from '@/components/ui/problem-note';
import { ApiProblem } from '@/lib/api/problem';
import type { PublishMode } from './publish-words';
import type { Contract } from './use-reading';

/** Why publishing was refused, and the ways out that there are. */
export function PublishProblem({
  problem,
  contract,
  onMode,
  onShowColumn,
  onRetry,
}: {
  problem: ApiProblem;
  contract: Contract;
  onMode: (mode: PublishMode) => void;
  onShowColumn: (column: number) => void;
  onRetry: () => void;
}) {
  if (problem.slug === 'dataset-exists') {
    return (
      <ProblemNote error={problem}>
        <Button size="small" onClick={() => onMode('append')}>
          Add to it
        </Button>
        <Button size="small" onClick={() => onMode('replace')}>
          Replace its rows
        </Button>
      </ProblemNote>
    );
  }
  if (problem.slug === 'schema-drift') {
    return (
      <ProblemNote error={withoutFields(problem)}>
        <ul className="flex min-w-0 flex-1 flex-col gap-2 text-[13px]">
          {problem.fields.map(({ pointer, detail }) => {
            const column = flawedColumn(pointer);
            return (
              <li key={pointer + detail} className="break-words">
                {detail}{' '}
                {column !== undefined && (
                  <Button size="inline" variant="link" onClick={() => onShowColumn(column)}>
                    Change {contract.columns[column]?.name}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      </ProblemNote>
    );
  }
  const mayBetterLater = problem.slug === 'dataset-busy' || problem.status === 0 || problem.status >= 500;
  return <ProblemNote error={problem} onRetry={mayBetterLater ? onRetry : undefined} />;
}

/** The column that a pointer into the contract is about. */
function flawedColumn(pointer: string): number | undefined {
  const [, index] = /^\/columns\/(\d+)/.exec(pointer) ?? [];
  return index === undefined ? undefined : Number(index);
}

function withoutFields({ status, slug, title, message, requestId }: ApiProblem): ApiProblem {
  return new ApiProblem(status, slug, title, message, [], requestId);
}
