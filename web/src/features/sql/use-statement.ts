'use client';

import { useMemo } from 'react';
import { useMay } from '@/lib/use-session';
import { parametersOf, readValues, toPositional } from './named-parameters';
import type { SavedQuery } from './saved/saved-queries';
import { rangeToRun, type TextRange } from './statements';
import type { SqlTab } from './tabs';
import { useEstimate } from './use-estimate';
import type { Statement } from './use-runs';

/** What would run now, with its parameters and what it would read. */
export function useStatement(
  { sql, parameters: known, values: typed }: SqlTab,
  selection: TextRange,
  saved?: SavedQuery,
) {
  const mayRun = useMay('queries:run');
  const range = useMemo(() => rangeToRun(sql, selection), [sql, selection]);
  const text = range ? sql.slice(range.from, range.to) : '';
  const parameters = useMemo(() => parametersOf(text, known), [text, known]);
  const { values, faults } = useMemo(() => readValues(parameters, typed), [parameters, typed]);
  const isSaved = saved !== undefined && saved.sql.trim() === sql.trim() && text === sql.trim();
  const sent = useMemo(() => toPositional(text, parameters, {}).sql, [text, parameters]);
  const { estimate, problem } = useEstimate(sent, mayRun);
  const statement: Statement = {
    text,
    from: range?.from ?? 0,
    parameters,
    values,
    savedQueryId: isSaved ? saved.saved_query_id : undefined,
  };
  const isSelection = selection.from < selection.to && range !== undefined;
  return { statement, valueFaults: faults, estimate, problem, isSelection, mayRun: mayRun || isSaved };
}
