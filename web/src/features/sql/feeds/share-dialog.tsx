'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogActions, DialogClose } from '@/components/ui/dialog';
import { type Parameter, parametersOf } from '../named-parameters';
import { type SavedQuery, saveQuery } from '../saved/saved-queries';
import { createFeed, type Feed } from './feeds';
import { FeedForm } from './feed-form';
import { FeedInstructions } from './feed-instructions';

/** Makes a feed of a statement, saving it first when it is not, and says how programs read it. */
export function ShareDialog({
  sql,
  parameters,
  saved,
  suggestedName = '',
  onClose,
  onSaved,
}: {
  sql: string;
  parameters: readonly Parameter[];
  /** The saved query with just this statement, when there is one. */
  saved?: SavedQuery;
  suggestedName?: string;
  onClose: () => void;
  onSaved?: (saved: SavedQuery) => void;
}) {
  const client = useQueryClient();
  const [feed, setFeed] = useState<Feed>();
  const known = parametersOf(sql, parameters);
  const create = async (name: string, maxAge: number, fixed: Record<string, unknown>) => {
    const query = saved ?? (await saveQuery(client, { name, sql, parameters: known }));
    onSaved?.(query);
    const body = { name, saved_query_id: query.saved_query_id, max_age_seconds: maxAge, parameters: fixed };
    setFeed(await createFeed(client, body));
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      className="max-w-2xl"
      title={feed ? `“${feed.name}” is ready to be read` : 'Share as a feed'}
      description={
        feed
          ? 'These addresses stay the same and always show the newest data.'
          : 'An address that Excel, Power BI, Tableau, Grafana and scripts read, always with the newest data.'
      }
    >
      {feed ? (
        <>
          <FeedInstructions feed={feed} />
          <DialogActions>
            <DialogClose asChild>
              <Button variant="primary">Done</Button>
            </DialogClose>
          </DialogActions>
        </>
      ) : (
        <FeedForm
          name={saved?.name ?? suggestedName}
          maxAge={300}
          parameters={known}
          action="Create feed"
          note={saved ? undefined : 'The statement is saved under this name too.'}
          onSubmit={create}
          onCancel={onClose}
        />
      )}
    </Dialog>
  );
}
