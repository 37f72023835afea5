'use client';

import { useQueryClient } from '@tanstack/react-query';
import type { Dispatch, SetStateAction } from 'react';
import { toast } from 'sonner';
import { api, ask, type Schemas } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { type ParameterValue, toNamed } from './named-parameters';
import { fetchSavedQuery, type SavedQuery } from './saved/saved-queries';
import { newTab, openedFor, type SqlTab, type TabsState } from './tabs';
import type { StartAddress } from './use-start-address';
import { newTabId } from './use-tabs-state';

/** The ways in which statements come into tabs. What is open already is looked at again. */
export function useOpeners(state: TabsState, setState: Dispatch<SetStateAction<TabsState>>) {
  const client = useQueryClient();

  const show = (tab: SqlTab) => setState((before) => openedFor(before, tab));
  const showAgain = (isIt: (tab: SqlTab) => boolean) => {
    const open = state.tabs.find(isIt);
    if (open) setState((before) => ({ ...before, activeId: open.id }));
    return open !== undefined;
  };

  const openSql = (sql: string, title?: string) => show(newTab(newTabId(), { sql, title }));
  const openSaved = (saved: SavedQuery, queryId?: string) => {
    if (queryId === undefined && showAgain(({ savedQueryId }) => savedQueryId === saved.saved_query_id)) return;
    const { saved_query_id: savedQueryId, name: title, sql, parameters } = saved;
    const run = queryId === undefined ? undefined : { queryId, from: 0, text: sql };
    show(newTab(newTabId(), { title, sql, parameters, savedQueryId, run }));
  };
  const openQuery = (query: Schemas['Query']): SqlTab => {
    const named = toNamed(query.sql, query.parameters as ParameterValue[]);
    const run = { queryId: query.query_id, from: 0, text: named.sql };
    const tab = newTab(newTabId(), { ...named, run });
    if (!showAgain((each) => each.run?.queryId === query.query_id)) show(tab);
    return tab;
  };

  const openWanted = async ({ sql, queryId, savedQueryId }: StartAddress) => {
    try {
      if (savedQueryId) openSaved(await fetchSavedQuery(client, savedQueryId), queryId);
      else if (queryId) openQuery(await fetchQuery(queryId));
      else if (sql) openSql(sql);
    } catch (error) {
      const problem = asProblem(error);
      toast.error(problem.title, { description: problem.message });
    }
  };
  return { openSql, openSaved, openQuery, openWanted };
}

function fetchQuery(queryId: string): Promise<Schemas['Query']> {
  return ask(api.GET('/api/v1/queries/{query_id}', { params: { path: { query_id: queryId } } }));
}
