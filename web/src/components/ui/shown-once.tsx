import type { ReactNode } from 'react';
import { Button } from './button';
import { CopyButton } from './copy-button';
import { DialogActions, DialogClose } from './dialog';

/** What a dialog shows of something that cannot be seen again: the text to copy, a word about it, and the way out. */
export function ShownOnce({ text, copyLabel, children }: { text: string; copyLabel: string; children: ReactNode }) {
  return (
    <>
      <div className="flex items-center gap-2 rounded-md border bg-muted p-2 pl-3">
        <code className="min-w-0 flex-1 font-mono text-[13px] break-all">{text}</code>
        <CopyButton text={text} label={copyLabel} />
      </div>
      <p className="text-sm text-muted-foreground">{children}</p>
      <DialogActions>
        <DialogClose asChild>
          <Button variant="primary">Done</Button>
        </DialogClose>
      </DialogActions>
    </>
  );
}
