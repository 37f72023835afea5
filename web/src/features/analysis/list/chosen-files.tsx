'use client';

import { FileText, X } from 'lucide-react';
import { ChooseFiles } from '@/components/files/choose-files';
import { Button } from '@/components/ui/button';
import { formatBytes } from '@/lib/format';
import { interviewEndings } from './start-analysis';

/** The interviews that were chosen so far; more can be added and each taken back. */
export function ChosenFiles({
  files,
  onFiles,
  fault,
}: {
  files: readonly File[];
  onFiles: (files: readonly File[]) => void;
  /** Why they cannot be analysed so. */
  fault: string | undefined;
}) {
  return (
    <div className="flex flex-col gap-2">
      {files.length > 0 && (
        <ul aria-label="Interviews" className="scrollbar-thin max-h-48 divide-y overflow-y-auto rounded-lg border">
          {files.map((file, index) => (
            <li key={`${index} ${file.name}`} className="flex items-center gap-2 py-1 pr-1 pl-3 text-sm">
              <FileText className="size-4 shrink-0 text-muted-foreground" aria-hidden />
              <span className="min-w-0 flex-1 truncate" title={file.name}>
                {file.name}
              </span>
              <span className="text-xs whitespace-nowrap text-muted-foreground">{formatBytes(file.size)}</span>
              <Button
                variant="ghost"
                size="icon-small"
                aria-label={`Leave out ${file.name}`}
                title="Leave out"
                onClick={() => onFiles(files.filter((each) => each !== file))}
              >
                <X />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <ChooseFiles
          variant="outline"
          label="Interviews to analyse"
          accept={interviewEndings.join(',')}
          onFiles={(more) => onFiles([...files, ...more])}
        >
          {files.length === 0 ? 'Choose files' : 'Add files'}
        </ChooseFiles>
        <p className="text-[13px] text-muted-foreground">Transcripts: {interviewEndings.join(' ')}, or drop them.</p>
      </div>
      {fault && (
        <p role="alert" className="text-[13px] text-danger">
          {fault}
        </p>
      )}
    </div>
  );
}
