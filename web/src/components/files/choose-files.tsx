'use client';

import { Upload } from 'lucide-react';
import { useRef } from 'react';
import { Button, type ButtonProps } from '@/components/ui/button';

/** Opens the browser's window for choosing files. */
export function ChooseFiles({
  onFiles,
  children = 'Upload files',
  label = 'Files to upload',
  accept,
  ...rest
}: {
  onFiles: (files: readonly File[]) => void;
  /** What is chosen. */
  label?: string;
  /** Endings of the files that make sense, such as ".csv,.tsv". */
  accept?: string;
} & ButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        aria-label={label}
        accept={accept}
        className="hidden"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <Button variant="primary" onClick={() => input.current?.click()} {...rest}>
        <Upload /> {children}
      </Button>
    </>
  );
}
