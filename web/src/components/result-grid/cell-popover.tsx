'use client';

import { Popover } from 'radix-ui';
import { useMemo } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { formatCount } from '@/lib/format';
import { fullText, kindOf, plainText, type ResultColumn } from './cells';

/** One value in full, beside its cell. */
export function CellPopover({
  anchor,
  column,
  value,
  onClose,
}: {
  anchor: HTMLElement;
  column: ResultColumn;
  value: unknown;
  onClose: () => void;
}) {
  const anchorRef = useMemo(() => ({ current: anchor }), [anchor]);
  const isNull = value === null || value === undefined;
  const length = plainText(value).length;
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={anchorRef} />
      <Popover.Portal>
        <Popover.Content
          aria-label={`Value of ${column.name}`}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={(event) => event.preventDefault()}
          className="z-50 flex max-h-96 w-[min(32rem,calc(100vw-1rem))] flex-col rounded-lg border bg-surface text-sm shadow-lg"
        >
          <div className="flex items-center gap-2 border-b py-1.5 pr-2 pl-3">
            <span className="truncate font-medium">{column.name}</span>
            <span className="text-xs whitespace-nowrap text-muted-foreground">
              {column.type}
              {!isNull && `, ${formatCount(length, 'character')}`}
            </span>
            <CopyButton text={plainText(value)} label="Copy value" className="ml-auto" />
          </div>
          {/* Long values scroll, and can therefore take focus. */}
          <pre
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            tabIndex={0}
            className="scrollbar-thin overflow-auto p-3 font-mono text-[13px] break-words whitespace-pre-wrap"
          >
            {isNull || value === '' ? (
              <span className="text-muted-foreground italic">{isNull ? 'NULL' : 'empty text'}</span>
            ) : (
              fullText(value, kindOf(column.type))
            )}
          </pre>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
