'use client';

import { Bookmark, Link2, PanelLeft, Play, Rss, Square } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/menu';

/** What can be done with the statement. */
export function RunBar({
  isStarting,
  isRunning,
  isCancelling,
  isSelection,
  canRun,
  saveLabel,
  onRun,
  onCancel,
  onSave,
  onSaveAs,
  onShare,
  onCopyLink,
  onLibrary,
  children,
}: {
  isStarting: boolean;
  isRunning: boolean;
  isCancelling: boolean;
  /** Only a part of the statement would run. */
  isSelection: boolean;
  canRun: boolean;
  /** Absent when there is nothing to save, or it may not be. */
  saveLabel: string | undefined;
  onRun: () => void;
  onCancel: () => void;
  onSave: () => void;
  /** Absent when the statement is not saved yet. */
  onSaveAs: (() => void) | undefined;
  /** Absent when feeds may not be made. */
  onShare: (() => void) | undefined;
  /** Absent when there is nothing that an address could name. */
  onCopyLink: (() => void) | undefined;
  onLibrary: () => void;
  children: ReactNode;
}) {
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-2 border-b bg-surface px-2 py-1.5">
      <Button
        variant="ghost"
        size="icon-small"
        aria-label="Tables, saved queries and history"
        title="Tables, saved queries and history"
        onClick={onLibrary}
      >
        <PanelLeft />
      </Button>
      {isRunning ? (
        <Button size="small" busy={isCancelling} onClick={onCancel}>
          {!isCancelling && <Square />} Cancel
        </Button>
      ) : (
        <Button
          variant="primary"
          size="small"
          busy={isStarting}
          disabled={!canRun}
          onClick={onRun}
          title={isSelection ? 'Run the selection (Ctrl Enter)' : 'Run the statement at the cursor (Ctrl Enter)'}
        >
          {!isStarting && <Play />} {isSelection ? 'Run selection' : 'Run'}
        </Button>
      )}
      {saveLabel && (
        <Button variant="ghost" size="small" onClick={onSave}>
          <Bookmark /> {saveLabel}
        </Button>
      )}
      {(onSaveAs ?? onShare ?? onCopyLink) && (
        <Menu
          align="start"
          trigger={
            <Button variant="ghost" size="small">
              Share
            </Button>
          }
        >
          {onCopyLink && (
            <MenuItem onSelect={onCopyLink}>
              <Link2 /> Copy link
            </MenuItem>
          )}
          {onShare && (
            <MenuItem onSelect={onShare}>
              <Rss /> Share as a feed
            </MenuItem>
          )}
          {onSaveAs && (
            <MenuItem onSelect={onSaveAs}>
              <Bookmark /> Save as another query
            </MenuItem>
          )}
        </Menu>
      )}
      <div className="ml-auto flex min-w-0 items-center gap-2 text-[13px]">{children}</div>
    </div>
  );
}
