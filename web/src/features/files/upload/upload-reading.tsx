'use client';

import { Rows3, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ProblemNote } from '@/components/ui/problem-note';
import type { Schemas } from '@/lib/api/client';
import { formatCount } from '@/lib/format';
import { useSearchParameter } from '@/lib/use-search-parameter';
import { useMay } from '@/lib/use-session';
import { ColumnEditor } from './column-editor';
import { isEdited } from './contract-edits';
import { DialectBar } from './dialect-bar';
import { plainDialect } from './dialect-parts';
import { type Pointed, PreviewGrid } from './preview-grid';
import { PublishPanel } from './publish-panel';
import { ReadingSkeleton } from './reading-skeleton';
import { useReading } from './use-reading';
import { WarningsList } from './warnings-list';

const fewRows = 100;
const manyRows = 1000;

/** The file as rows and columns, beside what publishes it. */
export function UploadReading({ upload }: { upload: Schemas['Upload'] }) {
  const [wantedRows, setWantedRows] = useSearchParameter('rows');
  const limit = wantedRows === String(manyRows) ? manyRows : fewRows;
  const reading = useReading(upload.upload_id, limit);
  const mayWrite = useMay('uploads:write');
  const mayPublish = useMay('datasets:write');
  const [editing, setEditing] = useState<number>();
  const [pointed, setPointed] = useState<Pointed>();
  const { contract, preview, suggested, detected, setDialect, resetColumns } = reading;
  const isOpen = upload.status === 'ready';
  const problem = contract.error ?? preview.error;
  if (!problem && (!contract.data || !preview.data)) return <ReadingSkeleton />;
  const current = contract.data?.contract;
  const shown = preview.data;
  const edited =
    current?.columns.filter((column, index) => isEdited(column, suggested.data?.columns[index])).length ?? 0;
  const edit = (column: number) => {
    setEditing(column);
    setPointed({ column });
  };
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="flex min-w-0 flex-col gap-4">
        <DialectBar
          dialect={current?.dialect ?? plainDialect}
          detected={detected.data}
          disabled={!isOpen || !mayWrite || setDialect.isPending}
          busy={setDialect.isPending}
          onChange={(change) => {
            setPointed(undefined);
            setDialect.mutate(change);
          }}
        />
        {problem && (
          <ProblemNote error={problem} onRetry={() => void (contract.error ? contract : preview).refetch()} />
        )}
        {shown && current && !problem && (
          <>
            <WarningsList preview={shown} columns={current.columns} onPoint={setPointed} onColumn={edit} />
            {shown.columns.length === 0 ? (
              <EmptyState icon={Rows3} title="There are no rows to show">
                {shown.warnings[0]?.detail ?? 'Read otherwise, the file may have some.'}
              </EmptyState>
            ) : (
              <PreviewGrid preview={shown} columns={current.columns} pointed={pointed} onEdit={edit} />
            )}
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted-foreground">
              <span>
                {shown.truncated ? 'The first ' : ''}
                {formatCount(shown.row_count, 'row')} and {formatCount(shown.columns.length, 'column')}
                {shown.truncated ? '; all rows are read when you publish' : ''}
              </span>
              {shown.truncated && limit === fewRows && (
                <Button
                  size="small"
                  variant="link"
                  className="px-0"
                  busy={preview.isPlaceholderData}
                  onClick={() => setWantedRows(String(manyRows))}
                >
                  Show up to 1,000
                </Button>
              )}
              {edited > 0 && isOpen && mayWrite && (
                <Button
                  size="small"
                  variant="ghost"
                  className="ml-auto"
                  busy={resetColumns.isPending}
                  onClick={() => resetColumns.mutate()}
                >
                  <RotateCcw /> Take back changes to {formatCount(edited, 'column')}
                </Button>
              )}
            </div>
            <ColumnEditor
              index={editing}
              contract={current}
              preview={shown}
              reading={reading}
              mayChange={isOpen && mayWrite}
              onIndex={(index) => (index === undefined ? setEditing(undefined) : edit(index))}
            />
          </>
        )}
      </div>
      {isOpen && mayPublish && current && shown && shown.columns.length > 0 && (
        <PublishPanel upload={upload} contract={current} suggested={suggested.data} onShowColumn={edit} />
      )}
    </div>
  );
}
