'use client';

import { Plus, X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/lib/cn';
import { type SqlTab, titleOf } from './tabs';

/** The statements that are worked on. A double click, or F2, renames one. */
export function TabBar({
  tabs,
  activeId,
  isRunning,
  onSelect,
  onOpen,
  onClose,
  onRename,
}: {
  tabs: readonly SqlTab[];
  activeId: string;
  isRunning: (tabId: string) => boolean;
  onSelect: (id: string) => void;
  onOpen: () => void;
  onClose: (id: string) => void;
  onRename: (id: string, title: string | undefined) => void;
}) {
  const [renaming, rename] = useState<string>();
  const onKeyDown = (event: KeyboardEvent, id: string) => {
    const index = tabs.findIndex((tab) => tab.id === id);
    const steps: Partial<Record<string, number>> = {
      ArrowLeft: index - 1,
      ArrowRight: index + 1,
      Home: 0,
      End: tabs.length - 1,
    };
    const next = tabs[steps[event.key] ?? -1];
    if (event.key === 'F2') rename(id);
    else if (event.key === 'Delete') onClose(id);
    else if (next) {
      onSelect(next.id);
      document.getElementById(`sql-tab-${next.id}`)?.focus();
    } else return;
    event.preventDefault();
  };
  return (
    <div className="flex items-end gap-1 border-b bg-background px-2 pt-1.5">
      <div
        role="tablist"
        aria-label="Statements"
        className="flex min-w-0 gap-0.5 overflow-x-auto [scrollbar-width:none]"
      >
        {tabs.map((tab) => {
          const title = titleOf(tab);
          const isActive = tab.id === activeId;
          return (
            <div
              key={tab.id}
              role="presentation"
              className={cn(
                'group flex h-8 shrink-0 items-center rounded-t-md border border-b-0 text-[13px]',
                isActive ? 'bg-surface' : 'border-transparent text-muted-foreground hover:bg-muted',
              )}
            >
              {renaming === tab.id ? (
                <TitleField
                  title={title}
                  onDone={(text) => {
                    rename(undefined);
                    if (text !== undefined) onRename(tab.id, text.trim() || undefined);
                  }}
                />
              ) : (
                <button
                  type="button"
                  role="tab"
                  id={`sql-tab-${tab.id}`}
                  aria-selected={isActive}
                  aria-controls="sql-panel"
                  tabIndex={isActive ? 0 : -1}
                  title={`${title} (double-click renames)`}
                  aria-keyshortcuts="F2 Delete"
                  onClick={() => onSelect(tab.id)}
                  onDoubleClick={() => rename(tab.id)}
                  onKeyDown={(event) => onKeyDown(event, tab.id)}
                  className="flex h-full max-w-44 min-w-14 items-center gap-1.5 pr-1.5 pl-3 focus-visible:-outline-offset-2"
                >
                  {isRunning(tab.id) && (
                    <span aria-hidden className="size-1.5 shrink-0 animate-pulse rounded-full bg-accent" />
                  )}
                  <span className="truncate">{title}</span>
                  {/* For the mouse; the keyboard has Delete. A tab cannot have a button within. */}
                  {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
                  <span
                    aria-hidden
                    title={`Close ${title}`}
                    onClick={(event) => {
                      event.stopPropagation();
                      onClose(tab.id);
                    }}
                    className={cn(
                      'ml-auto rounded p-0.5 text-muted-foreground hover:bg-border hover:text-foreground',
                      !isActive && 'md:opacity-0 md:group-hover:opacity-100',
                    )}
                  >
                    <X className="size-3.5" />
                  </span>
                </button>
              )}
            </div>
          );
        })}
      </div>
      <Button
        variant="ghost"
        size="icon-small"
        aria-label="New tab"
        title="New tab"
        onClick={onOpen}
        className="mb-0.5"
      >
        <Plus />
      </Button>
    </div>
  );
}

function TitleField({ title, onDone }: { title: string; onDone: (title: string | undefined) => void }) {
  const [text, setText] = useState(title);
  return (
    <input
      autoFocus
      aria-label="Title of the tab"
      value={text}
      maxLength={80}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => onDone(text)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onDone(text);
        if (event.key === 'Escape') onDone(undefined);
      }}
      className="mx-1 h-6 w-36 rounded border bg-surface px-2 text-[13px] text-foreground"
    />
  );
}
