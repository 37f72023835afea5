import { newId } from '../../platform/ids.js';
import { itemTable } from '../../providers/item-store/item-tables.js';
import type { Interrupt, RunEventBody, RunOutcome } from './run-event.js';

const runPrefix = 'run_';

/** `running` has an owner that renews its lease; `suspended` waits for its user and has none. */
export type RunState = 'running' | 'suspended' | RunOutcome;

/** One turn of a conversation: from a question to its answer. */
export interface Run {
  /** Workspace and run: the partition of the run and of its events. */
  readonly run: string;
  readonly run_id: string;
  readonly workspace_id: string;
  readonly user_id: string;
  readonly conversation_id: string;
  /** The id that the answer's message will have. */
  readonly message_id: string;
  readonly state: RunState;
  /** What the executor was asked; JSON. */
  readonly input: string;
  readonly created_at: string;
  readonly finished_at?: string;
  /** Problem document of a run that failed; JSON. */
  readonly problem?: string;
  readonly cancel_requested?: boolean;
  /** The process that executes it. */
  readonly owner?: string;
  /** Milliseconds since 1970. Whoever finds a running run whose lease is over may end it. */
  readonly lease_until?: number;
  /** Present while somebody has to look after the run: leases and interrupts end. */
  readonly watched?: 'watched';
  /** When that is due next, in milliseconds since 1970. */
  readonly due_at?: number;
  readonly interrupt?: Interrupt;
  /** What the executor needs to go on after the interrupt; JSON. */
  readonly resume_state?: string;
}

/** Read by id, by what is due (the reaper), and by workspace (its purge). */
export const runTable = itemTable<Run>({
  name: 'runs',
  partitionKey: 'run',
  indexes: {
    by_due: { partitionKey: 'watched', sortKey: 'due_at' },
    by_workspace: { partitionKey: 'workspace_id', sortKey: 'run_id' },
  },
  numericKeys: ['due_at'],
  accesses: [
    { does: 'transact put', for: 'a question' },
    { does: 'get', for: 'an answer that is followed, resumed or cancelled' },
    { does: 'getMany', for: 'the answers that a process has under way' },
    { does: 'update', for: 'asking for an end' },
    { does: 'transact update', for: 'leases, interrupts, ends; always under the condition that it is still ours' },
    { does: 'query', index: 'by_due', sort: ['atMost'], for: 'the reaper: leases and interrupts that are over' },
    { does: 'query', index: 'by_workspace', for: 'removal of a workspace' },
    { does: 'delete', for: 'removal of a workspace' },
  ],
});

export interface RunEventItem {
  readonly run: string;
  readonly seq: number;
  readonly type: RunEventBody['type'];
  readonly text: string;
  /** Seconds since 1970. */
  readonly expires: number;
}

/** Read in order, from any point on. */
export const runEventTable = itemTable<RunEventItem>({
  name: 'run_events',
  partitionKey: 'run',
  sortKey: 'seq',
  numericKeys: ['seq'],
  expiresAt: 'expires',
  accesses: [
    { does: 'transact put', for: 'a piece of an answer' },
    { does: 'query', sort: ['greaterThan'], for: 'following an answer from any point on' },
    { does: 'query', order: 'descending', for: 'the last event, to go on after it' },
    { does: 'query', for: 'removal of a workspace' },
    { does: 'writeMany delete', for: 'removal of a workspace' },
  ],
});

export interface RunRequest {
  /** Workspace, user and the client's own id. */
  readonly request: string;
  readonly run_id: string;
  /** Workspace and run. */
  readonly run: string;
  readonly expires: number;
}

/** Read by the client's own id, to make a retry harmless, and by run (its removal). */
export const runRequestTable = itemTable<RunRequest>({
  name: 'run_requests',
  partitionKey: 'request',
  indexes: { by_run: { partitionKey: 'run' } },
  expiresAt: 'expires',
  accesses: [
    { does: 'transact put', for: 'a question or an approval with an id of the client' },
    { does: 'get', for: 'the same, sent again' },
    { does: 'query', index: 'by_run', for: 'removal of a workspace' },
    { does: 'writeMany delete', for: 'removal of a workspace' },
  ],
});

export function runKey(workspaceId: string, runId: string): string {
  return `${workspaceId}#${runId}`;
}

/** An interrupt's id names its run, so that it can be answered wherever it is seen. */
export function newInterruptId({ run_id }: Pick<Run, 'run_id'>): string {
  return `${newId('int')}_${run_id.slice(runPrefix.length)}`;
}

/** Undefined when it is no id of an interrupt. */
export function runOfInterrupt(interruptId: string): string | undefined {
  const run = /^int_[^_]+_([^_]+)$/.exec(interruptId)?.[1];
  return run === undefined ? undefined : `${runPrefix}${run}`;
}

export function hasEnded({ state }: Pick<Run, 'state'>): boolean {
  return state !== 'running' && state !== 'suspended';
}
