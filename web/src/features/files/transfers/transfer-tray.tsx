'use client';

import { useQueryClient } from '@tanstack/react-query';
import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/lib/format';
import { InterruptedRow } from './interrupted-row';
import { TransferRow } from './transfer-row';
import { type Transfer, transfers } from './transfers';
import { useInterrupted, useTransferOwner, useTransfers } from './use-transfers';

/** The uploads of this page, in the corner of every page while there are any. */
export function TransferTray() {
  const list = useTransfers();
  const interrupted = useInterrupted();
  const owner = useTransferOwner();
  const [open, setOpen] = useState(true);
  useFreshLists(list);
  if (!owner || (list.length === 0 && interrupted.length === 0)) return null;
  const going = list.filter(({ state }) => state !== 'done' && state !== 'failed');
  return (
    <section
      aria-label="Files on their way"
      className="fixed bottom-3 left-3 z-30 flex max-h-[min(24rem,60dvh)] w-[min(22rem,calc(100vw-1.5rem))] flex-col overflow-hidden rounded-xl border bg-surface shadow-lg md:left-59"
    >
      <div className="flex items-center gap-1 border-b py-1.5 pr-1.5 pl-3">
        <h2 className="min-w-0 flex-1 truncate text-sm font-semibold tabular-nums">
          <span role="status">{headingOf(list, interrupted.length)}</span>
        </h2>
        <Button
          variant="ghost"
          size="icon-small"
          aria-label={open ? 'Fold the uploads' : 'Unfold the uploads'}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? <ChevronDown /> : <ChevronUp />}
        </Button>
        {going.length === 0 && list.length > 0 && (
          <Button
            variant="ghost"
            size="icon-small"
            aria-label="Close the list of uploads"
            onClick={() => transfers.dismiss(...list.map(({ key }) => key))}
          >
            <X />
          </Button>
        )}
      </div>
      {open && (
        <ul className="scrollbar-thin divide-y overflow-y-auto">
          {list.map((transfer) => (
            <TransferRow key={transfer.key} transfer={transfer} />
          ))}
          {interrupted.map((entry) => (
            <InterruptedRow key={entry.uploadId} entry={entry} owner={owner} />
          ))}
        </ul>
      )}
    </section>
  );
}

function headingOf(list: readonly Transfer[], interrupted: number): string {
  const going = list.filter(({ state }) => state !== 'done' && state !== 'failed');
  if (going.length > 0) {
    const size = going.reduce((sum, each) => sum + each.size, 0);
    const sent = going.reduce((sum, each) => sum + each.sent, 0);
    const percent = size === 0 ? 0 : Math.floor((sent / size) * 100);
    return `Uploading ${formatCount(going.length, 'file')}, ${percent} %`;
  }
  const failed = list.filter(({ state }) => state === 'failed').length;
  if (failed > 0) return `${formatCount(failed, 'upload')} failed`;
  return list.length > 0 ? 'Uploads are complete' : `${formatCount(interrupted, 'upload')} interrupted`;
}

/** Lists of uploads that are on the page follow what is sent from it. */
function useFreshLists(list: readonly Transfer[]): void {
  const client = useQueryClient();
  const known = list
    .map(({ key, state, uploadId }) => `${key} ${uploadId} ${state === 'done' || state === 'failed'}`)
    .join();
  const before = useRef(known);
  useEffect(() => {
    if (before.current === known) return;
    before.current = known;
    void client.invalidateQueries({ queryKey: ['uploads'] });
  }, [client, known]);
}
