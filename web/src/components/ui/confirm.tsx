'use client';

import { AlertDialog } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { asProblem } from '@/lib/api/problem';
import { Button } from './button';
import { Input } from './input';
import { ProblemNote } from './problem-note';

/**
 * Asks before something is destroyed. `onConfirm` may take its time and may fail; the window then stays and says why.
 * With `typeToConfirm`, the given words must be typed first: for what cannot be undone at all. Children are what has to be
 * decided besides.
 */
export function Confirm({
  title,
  description,
  action,
  keep = 'Keep it',
  trigger,
  open: controlled,
  onOpenChange,
  typeToConfirm,
  onConfirm,
  children,
}: {
  title: ReactNode;
  description: ReactNode;
  action: string;
  /** What the button says that leaves everything as it is. */
  keep?: string;
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  typeToConfirm?: string;
  onConfirm: () => Promise<unknown>;
  children?: ReactNode;
}) {
  const [own, setOwn] = useState(false);
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const open = controlled ?? own;

  const change = (next: boolean) => {
    setTyped('');
    setFailure(undefined);
    setOwn(next);
    onOpenChange?.(next);
  };
  const confirm = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      await onConfirm();
      change(false);
    } catch (error) {
      setFailure(asProblem(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <AlertDialog.Root open={open} onOpenChange={change}>
      {trigger && <AlertDialog.Trigger asChild>{trigger}</AlertDialog.Trigger>}
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-black/40 backdrop-blur-[1px]" />
        <AlertDialog.Content className="fixed top-1/2 left-1/2 z-50 flex w-[calc(100vw-2rem)] max-w-md -translate-1/2 flex-col gap-3 rounded-xl border bg-surface p-6 shadow-xl">
          <AlertDialog.Title className="text-lg leading-snug font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description className="text-sm text-muted-foreground">{description}</AlertDialog.Description>
          {children}
          {typeToConfirm !== undefined && (
            <label className="flex flex-col gap-1.5 text-sm">
              <span>
                Type <strong className="font-mono">{typeToConfirm}</strong> to confirm
              </span>
              <Input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
            </label>
          )}
          {failure !== undefined && <ProblemNote error={failure} />}
          <div className="mt-2 flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>{keep}</Button>
            </AlertDialog.Cancel>
            <Button
              variant="danger"
              busy={busy}
              disabled={typeToConfirm !== undefined && typed !== typeToConfirm}
              onClick={() => void confirm()}
            >
              {action}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
