'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { paths, shareableAddress } from '@/lib/paths';
import { useMay, useWorkspace } from '@/lib/use-session';
import { parametersOf } from './named-parameters';
import { type SavedQuery, saveQuery, useSavedQuery } from './saved/saved-queries';
import type { SqlTab } from './tabs';

export type KeepDialog = 'save' | 'share';

/** Saving a tab's statement and sharing it. */
export function useKeeping(tab: SqlTab, change: (part: Partial<SqlTab>) => void) {
  const client = useQueryClient();
  const workspaceId = useWorkspace()?.id;
  const mayWrite = useMay('saved_queries:write');
  const mayShare = useMay('feeds:write') && mayWrite;
  const { data: saved } = useSavedQuery(tab.savedQueryId);
  const [dialog, setDialog] = useState<KeepDialog>();
  const isEmpty = tab.sql.trim() === '';
  const isEdited = saved !== undefined && saved.sql !== tab.sql;

  const onSaved = ({ saved_query_id: savedQueryId, name: title, parameters }: SavedQuery) =>
    change({ savedQueryId, title, parameters });
  const update = useMutation({
    mutationFn: (before: SavedQuery) =>
      saveQuery(client, { name: before.name, sql: tab.sql, parameters: parametersOf(tab.sql, tab.parameters) }, before),
    onSuccess: (changed) => {
      onSaved(changed);
      toast.success(`“${changed.name}” is saved`);
    },
  });
  const address = { savedQueryId: tab.savedQueryId, queryId: tab.run?.queryId };
  const hasAddress = address.savedQueryId !== undefined || address.queryId !== undefined;
  const copyLink = async () => {
    await navigator.clipboard.writeText(shareableAddress(paths.sql(address), workspaceId));
    toast.success('The link is on the clipboard', { description: 'It opens for people of this workspace.' });
  };
  return {
    saved,
    address,
    dialog,
    close: () => setDialog(undefined),
    onSaved,
    /** The statement as it stands in the tab is the saved one. */
    savedAsIs: saved && !isEdited ? saved : undefined,
    saveLabel: !mayWrite || isEmpty || (saved && !isEdited) ? undefined : saved ? 'Save changes' : 'Save',
    save: () => (saved ? update.mutate(saved) : setDialog('save')),
    saveAs: saved && mayWrite ? () => setDialog('save') : undefined,
    share: mayShare && !isEmpty ? () => setDialog('share') : undefined,
    copyLink: hasAddress ? () => void copyLink() : undefined,
  };
}
