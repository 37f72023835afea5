'use client';

import { FileUp } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { toast } from 'sonner';

/** Takes files that are dropped anywhere on the page, and says so while they are held over it. */
export function DropAnywhere({
  onFiles,
  children = 'Drop the files to upload them',
}: {
  onFiles: (files: readonly File[]) => void;
  /** What dropping them does. */
  children?: string;
}) {
  const [held, setHeld] = useState(false);
  const take = useRef(onFiles);
  useEffect(() => {
    take.current = onFiles;
  }, [onFiles]);
  useEffect(() => {
    // Each element that the pointer crosses tells that it was entered and left; the page is left when all of them are.
    let depth = 0;
    const on = <Type extends 'dragenter' | 'dragover' | 'dragleave' | 'drop'>(
      type: Type,
      act: (transfer: DataTransfer) => void,
    ) => {
      const listener = (event: DragEvent) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        act(event.dataTransfer);
      };
      window.addEventListener(type, listener);
      return () => window.removeEventListener(type, listener);
    };
    const enough = [
      on('dragenter', () => {
        depth += 1;
        setHeld(true);
      }),
      on('dragover', (transfer) => {
        transfer.dropEffect = 'copy';
      }),
      on('dragleave', () => {
        depth -= 1;
        if (depth <= 0) setHeld(false);
      }),
      on('drop', (transfer) => {
        depth = 0;
        setHeld(false);
        const files = filesOf(transfer);
        if (files.length > 0) take.current(files);
      }),
    ];
    return () => {
      for (const stop of enough) stop();
    };
  }, []);
  if (!held) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-50 flex items-center justify-center bg-background/80 p-6 backdrop-blur-sm">
      <div className="flex size-full flex-col items-center justify-center gap-3 rounded-2xl border-2 border-dashed border-accent text-accent">
        <FileUp className="size-10" strokeWidth={1.5} aria-hidden />
        <p className="text-lg font-medium">{children}</p>
      </div>
    </div>
  );
}

function filesOf({ items, files }: DataTransfer): readonly File[] {
  const folders = [...items].filter((item) => item.webkitGetAsEntry()?.isDirectory);
  if (folders.length === 0) return [...files];
  toast.warning('Folders cannot be uploaded', {
    description: 'Open the folder, select the files in it and drop those.',
  });
  const names = new Set(folders.map((item) => item.webkitGetAsEntry()?.name));
  return [...files].filter(({ name }) => !names.has(name));
}
