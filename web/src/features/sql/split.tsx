'use client';

import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';

const key = 'tabletalk.sql.split';
const least = 15;
const most = 80;

/** Two panels over each other with a bar between them that can be dragged, or moved by the arrow keys. */
export function Split({ top, bottom }: { top: ReactNode; bottom: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  const [share, setShare] = useState(() => within(Number(localStorage.getItem(key) ?? 38)));
  const move = (next: number) => {
    setShare(within(next));
    localStorage.setItem(key, String(within(next)));
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { top: start, height } = frame.current!.getBoundingClientRect();
    move(((event.clientY - start) / height) * 100);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Partial<Record<string, number>> = { ArrowUp: share - 4, ArrowDown: share + 4, Home: least, End: most };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    move(next);
  };
  return (
    <div ref={frame} className="flex min-h-0 flex-1 flex-col">
      <div className="min-h-0 max-md:h-auto! max-md:shrink-0" style={{ height: `${share}%` }}>
        {top}
      </div>
      <div
        role="separator"
        aria-orientation="horizontal"
        aria-label="Height of the editor"
        aria-valuenow={Math.round(share)}
        aria-valuemin={least}
        aria-valuemax={most}
        // A separator that can be moved takes the focus.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
        onDoubleClick={() => move(38)}
        className="group relative z-10 -my-1 flex h-2 shrink-0 cursor-row-resize touch-none items-center max-md:hidden"
      >
        <div className="h-px w-full bg-border transition-colors group-hover:h-0.5 group-hover:bg-accent group-focus-visible:bg-accent" />
      </div>
      <div className="min-h-0 flex-1 max-md:flex-none">{bottom}</div>
    </div>
  );
}

function within(share: number): number {
  return Math.min(most, Math.max(least, Number.isFinite(share) ? share : 38));
}
