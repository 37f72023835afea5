import { Problem } from '../../../platform/errors/problem.js';
import { type SqlFault, SqlRejected } from '../../../providers/query-engine/query-engine.js';
import type { StopReason } from '../live-query.js';

export interface RunFailure {
  readonly state: 'failed' | 'cancelled';
  readonly fault: SqlFault;
  /** True when it is nobody's SQL that is to blame, so that an operator should know. */
  readonly unexpected: boolean;
}

export const interrupted: SqlFault = {
  kind: 'interrupted',
  message: 'The service stopped while the query ran.',
  hint: 'Run it again.',
};

const accessEnded: SqlFault = {
  kind: 'cancelled',
  message: 'The query was ended because whoever ran it may no longer do so.',
};

const cancelled: SqlFault = { kind: 'cancelled', message: 'The query was cancelled.' };

const ownFault: SqlFault = {
  kind: 'engine',
  message: 'The query could not be run because of a fault on our side.',
  hint: 'Run it again. If that does not help, give the query’s id to whoever runs this service.',
};

/** How a run that threw has ended. `stopped` is why it was told to stop, if it was. */
export function runFailure(error: unknown, stopped: StopReason | undefined): RunFailure {
  if (stopped === 'cancelled') return { state: 'cancelled', fault: cancelled, unexpected: false };
  if (stopped === 'access-ended') return { state: 'cancelled', fault: accessEnded, unexpected: false };
  if (stopped === 'interrupted') return { state: 'failed', fault: interrupted, unexpected: false };
  if (error instanceof SqlRejected) return { state: 'failed', fault: error.fault, unexpected: false };
  if (error instanceof Problem)
    return { state: 'failed', fault: { kind: 'engine', message: error.message }, unexpected: true };
  return { state: 'failed', fault: ownFault, unexpected: true };
}
