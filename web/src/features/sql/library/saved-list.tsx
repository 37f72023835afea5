'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Link2, MoreHorizontal, Pencil, Rss, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';
import { ProblemNote } from '@/components/ui/problem-note';
import { SearchField } from '@/components/ui/search-field';
import { SkeletonRows } from '@/components/ui/skeleton';
import { paths, shareableAddress } from '@/lib/paths';
import { useMay, useWorkspace } from '@/lib/use-session';
import { ShareDialog } from '../feeds/share-dialog';
import { SaveDialog } from '../saved/save-dialog';
import { deleteSavedQuery, type SavedQuery, useSavedQueries } from '../saved/saved-queries';
import type { LibraryPort } from './library';

type Doing = { readonly what: 'change' | 'delete' | 'share'; readonly saved: SavedQuery };

/** Queries that are kept under a name. */
export function SavedList({ port }: { port: LibraryPort }) {
  const [search, setSearch] = useState('');
  const [doing, start] = useState<Doing>();
  const client = useQueryClient();
  const list = useSavedQueries();
  const mayReadFeeds = useMay('feeds:read');
  const wanted = search.trim().toLowerCase();
  const found = (list.data ?? []).filter(({ name, description, sql }) =>
    [name, description, sql].some((text) => text.toLowerCase().includes(wanted)),
  );
  const end = () => start(undefined);
  return (
    <>
      <SearchField value={search} onChange={setSearch} label="Find a saved query" />
      <div className="scrollbar-thin min-h-0 flex-1 overflow-y-auto">
        {list.isPending && <SkeletonRows rows={6} className="[&>div]:h-11" />}
        {list.error && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
        {list.data && found.length === 0 && (
          <p className="p-2 text-[13px] text-muted-foreground">
            {wanted
              ? 'No saved query mentions this.'
              : 'Save a statement under a name to find it here, for everyone in the workspace.'}
          </p>
        )}
        <ul>
          {found.map((saved) => (
            <li key={saved.saved_query_id} className="group flex items-start rounded-md hover:bg-muted">
              <button
                type="button"
                onClick={() => port.openSaved(saved)}
                className="min-w-0 flex-1 px-2 py-1.5 text-left focus-visible:-outline-offset-2"
              >
                <span className="block truncate text-[13px] font-medium">{saved.name}</span>
                <span className="block truncate text-xs text-muted-foreground">
                  {saved.description || saved.sql.replaceAll(/\s+/g, ' ')}
                </span>
              </button>
              <SavedMenu saved={saved} onStart={(what) => start({ what, saved })} />
            </li>
          ))}
        </ul>
      </div>
      {mayReadFeeds && (
        <Link
          href={paths.feeds()}
          prefetch={false}
          className="flex items-center gap-1.5 rounded-md px-2 py-1.5 text-[13px] text-muted-foreground hover:bg-muted hover:text-foreground"
        >
          <Rss className="size-3.5" aria-hidden /> Feeds for Excel, Power BI and others
        </Link>
      )}
      {doing?.what === 'change' && (
        <SaveDialog sql={doing.saved.sql} parameters={doing.saved.parameters} before={doing.saved} onClose={end} />
      )}
      {doing?.what === 'share' && (
        <ShareDialog sql={doing.saved.sql} parameters={doing.saved.parameters} saved={doing.saved} onClose={end} />
      )}
      {doing?.what === 'delete' && (
        <Confirm
          open
          onOpenChange={end}
          title={`Delete “${doing.saved.name}”?`}
          description="It disappears for everyone in the workspace. Tabs that it is open in keep the statement."
          action="Delete"
          onConfirm={() => deleteSavedQuery(client, doing.saved)}
        />
      )}
    </>
  );
}

function SavedMenu({ saved, onStart }: { saved: SavedQuery; onStart: (what: Doing['what']) => void }) {
  const mayWrite = useMay('saved_queries:write');
  const mayShare = useMay('feeds:write');
  const workspaceId = useWorkspace()?.id;
  const copyLink = async () => {
    const address = shareableAddress(paths.sql({ savedQueryId: saved.saved_query_id }), workspaceId);
    await navigator.clipboard.writeText(address);
    toast.success('The link is on the clipboard');
  };
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="icon-small" aria-label={`More about ${saved.name}`} className="m-1">
          <MoreHorizontal />
        </Button>
      }
    >
      <MenuItem onSelect={() => void copyLink()}>
        <Link2 /> Copy link
      </MenuItem>
      {mayShare && (
        <MenuItem onSelect={() => onStart('share')}>
          <Rss /> Share as a feed
        </MenuItem>
      )}
      {mayWrite && (
        <>
          <MenuItem onSelect={() => onStart('change')}>
            <Pencil /> Name and parameters
          </MenuItem>
          <MenuSeparator />
          <MenuItem danger onSelect={() => onStart('delete')}>
            <Trash2 /> Delete
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
