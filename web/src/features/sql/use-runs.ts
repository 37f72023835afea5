'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schemas } from '@/lib/api/client';
import { type ApiProblem, asProblem } from '@/lib/api/problem';
import { type Parameter, type ParameterValue, toPositional } from './named-parameters';
import type { TabRun } from './tabs';
import { fetchEstimate } from './use-estimate';

/** A query that runs on is followed after this long. */
const waitMs = 800;

/** A statement with what it needs. */
export interface Statement {
  readonly text: string;
  /** Where it stands in its tab. */
  readonly from: number;
  readonly parameters: readonly Parameter[];
  readonly values: Readonly<Record<string, ParameterValue>>;
  /** Set when it is a saved query as it was saved: then the right to run that is enough. */
  readonly savedQueryId?: string;
}

/** How far a tab is with a statement that has not become a query yet. */
export type Start =
  | { readonly phase: 'starting' }
  | { readonly phase: 'asking'; readonly statement: Statement; readonly estimate: Schemas['QueryEstimate'] }
  | { readonly phase: 'refused'; readonly statement: Statement; readonly problem: ApiProblem };

/** Starting queries, for every tab by itself; each goes on when another tab is looked at. */
export function useRuns(onStarted: (tabId: string, run: TabRun) => void) {
  const client = useQueryClient();
  const [starts, setStarts] = useState<Readonly<Record<string, Start | undefined>>>({});
  const mark = (tabId: string, start?: Start) => setStarts((before) => ({ ...before, [tabId]: start }));

  const run = async (tabId: string, statement: Statement, agreed = false): Promise<void> => {
    mark(tabId, { phase: 'starting' });
    try {
      if (!agreed && !statement.savedQueryId) {
        const { sql } = toPositional(statement.text, statement.parameters, {});
        const estimate = await fetchEstimate(client, sql);
        if (estimate.decision === 'ask') return mark(tabId, { phase: 'asking', statement, estimate });
      }
      const query = await startQuery(statement);
      client.setQueryData(['queries', query.query_id], query);
      onStarted(tabId, { queryId: query.query_id, from: statement.from, text: statement.text });
      mark(tabId);
      void client.invalidateQueries({ queryKey: ['query-history'] });
    } catch (error) {
      mark(tabId, { phase: 'refused', statement, problem: asProblem(error) });
    }
  };
  return { startOf: (tabId: string) => starts[tabId], run, dismiss: (tabId: string) => mark(tabId) };
}

function startQuery({ text, parameters, values, savedQueryId }: Statement): Promise<Schemas['QueryWithRows']> {
  if (savedQueryId) {
    const params = { path: { saved_query_id: savedQueryId } };
    const body = { parameters: { ...values }, wait_ms: waitMs };
    return ask(api.POST('/api/v1/saved-queries/{saved_query_id}/run', { params, body }));
  }
  return ask(api.POST('/api/v1/queries', { body: { ...toPositional(text, parameters, values), wait_ms: waitMs } }));
}
