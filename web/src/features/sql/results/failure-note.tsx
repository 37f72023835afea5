import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import type { StatementFault } from '../faults';

/** Why there is no result, where, and what to try. */
export function FailureNote({
  title,
  fault,
  onShow,
  children,
}: {
  title: string;
  fault: StatementFault;
  /** Leads to the place in the editor; absent when the text has changed since. */
  onShow?: () => void;
  children?: ReactNode;
}) {
  return (
    <div role="alert" className="m-3 flex gap-3 rounded-lg border border-danger/30 bg-danger-soft p-3 text-sm">
      <CircleAlert className="mt-0.5 size-4 shrink-0 text-danger" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        <p className="mt-0.5 break-words whitespace-pre-wrap">{fault.message}</p>
        {fault.hint && <p className="mt-1 break-words">{fault.hint}</p>}
        <div className="mt-2 flex flex-wrap gap-2 empty:hidden">
          {onShow && fault.line !== undefined && (
            <Button size="small" onClick={onShow}>
              Go to line {fault.line}, column {fault.column}
            </Button>
          )}
          {children}
        </div>
      </div>
    </div>
  );
}
