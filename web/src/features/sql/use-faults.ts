'use client';

import { useMemo } from 'react';
import { asProblem } from '@/lib/api/problem';
import { type Fault, faultOfProblem, placeFault, type StatementFault } from './faults';
import type { SqlTab } from './tabs';
import type { FollowedQuery } from './use-followed-query';
import type { Start, Statement } from './use-runs';

const none: readonly Fault[] = [];

/** What is marked in the text: why the last run failed, as long as its statement stands there, else what the estimate says. */
export function useFaults(
  { sql, run }: SqlTab,
  start: Start | undefined,
  query: FollowedQuery | undefined,
  { text, from }: Statement,
  problem: unknown,
): { marked: readonly Fault[]; ofRun: Fault | undefined } {
  const refused = start?.phase === 'refused' ? start : undefined;
  const ofRun = useMemo(() => {
    if (refused) return placed(sql, refused.statement.from, refused.statement.text, faultOfProblem(refused.problem));
    if (run && query?.error) return placed(sql, run.from, run.text, query.error);
    return none;
  }, [sql, refused, run, query]);
  const ofEstimate = useMemo(
    () => (problem ? placed(sql, from, text, faultOfProblem(asProblem(problem))) : none),
    [sql, from, text, problem],
  );
  return { marked: ofRun.length > 0 ? ofRun : ofEstimate, ofRun: ofRun[0] };
}

/** Nothing once the statement has been changed. */
function placed(sql: string, from: number, text: string, fault: StatementFault | undefined): readonly Fault[] {
  const isThere = fault !== undefined && sql.startsWith(text, from);
  return isThere ? placeFault(sql, from, fault) : none;
}
