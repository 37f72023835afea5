'use client';

import { FileUp, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { asProblem } from '@/lib/api/problem';
import { formatBytes } from '@/lib/format';
import { type TransferOwner, transfers } from './transfers';
import { isSameFile, type Unfinished } from './unfinished';

/** An upload that a reload or a closed tab has interrupted. Browsers forget files, so the same one is asked for again. */
export function InterruptedRow({ entry, owner }: { entry: Unfinished; owner: TransferOwner }) {
  const { fileName, sent, size } = entry;
  const input = useRef<HTMLInputElement>(null);
  const [removing, setRemoving] = useState(false);
  const choose = (file: File | undefined) => {
    if (!file) return;
    if (isSameFile(entry, file)) transfers.add([file], owner);
    else {
      toast.error('This is another file', {
        description: `Choose ${fileName} with ${formatBytes(size)}, unchanged since the upload began, or remove the interrupted upload.`,
      });
    }
  };
  const remove = async () => {
    setRemoving(true);
    try {
      await transfers.discard(entry);
    } catch (error) {
      toast.error(asProblem(error).title, { description: asProblem(error).message });
    } finally {
      setRemoving(false);
    }
  };
  return (
    <li className="flex flex-col gap-1.5 px-3 py-2.5">
      <span className="truncate text-sm font-medium" title={fileName}>
        {fileName}
      </span>
      <p className="text-xs text-muted-foreground">
        Interrupted after {formatBytes(sent)} of {formatBytes(size)}. Choose the same file to go on from there.
      </p>
      <div className="flex gap-2">
        <input
          ref={input}
          type="file"
          className="hidden"
          aria-label={`The file ${fileName}`}
          onChange={(event) => {
            choose(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
        <Button size="small" onClick={() => input.current?.click()}>
          <FileUp /> Choose the file
        </Button>
        <Button size="small" variant="ghost" busy={removing} onClick={() => void remove()}>
          <Trash2 /> Remove
        </Button>
      </div>
    </li>
  );
}
