import { CircleAlert, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { asProblem } from '@/lib/api/problem';
import { cn } from '@/lib/cn';
import { Button } from './button';

/** What went wrong, what to do, and the id to quote. For a whole page or panel pass `onRetry`. */
export function ProblemNote({
  error,
  onRetry,
  className,
  children,
}: {
  error: unknown;
  onRetry?: () => void;
  className?: string;
  children?: ReactNode;
}) {
  const problem = asProblem(error);
  return (
    <div
      role="alert"
      className={cn(
        'flex gap-3 rounded-lg border border-danger/30 bg-danger-soft p-3 text-sm text-foreground',
        className,
      )}
    >
      <CircleAlert className="mt-0.5 size-4 shrink-0 text-danger" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{problem.title}</p>
        <p className="mt-0.5 break-words">{problem.message}</p>
        {problem.fields.length > 0 && (
          <ul className="mt-1 list-disc pl-5">
            {problem.fields.map(({ pointer, detail }) => (
              <li key={pointer + detail}>
                <code className="font-mono text-[13px]">{pointer.replace(/^\//, '')}</code>: {detail}
              </li>
            ))}
          </ul>
        )}
        {problem.requestId && <p className="mt-1 text-xs text-muted-foreground">Request {problem.requestId}</p>}
        {(onRetry || children) && (
          <div className="mt-2 flex gap-2">
            {onRetry && (
              <Button size="small" onClick={onRetry}>
                <RotateCw /> Try again
              </Button>
            )}
            {children}
          </div>
        )}
      </div>
    </div>
  );
}
