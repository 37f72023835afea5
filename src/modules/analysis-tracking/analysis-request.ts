import type { Method, Step } from '../../interviews/analysis.js';
import { itemTable } from '../../providers/item-store/item-tables.js';

export const statuses = ['pending', 'processing', 'completed', 'failed'] as const;
export type Status = (typeof statuses)[number];

/** What a step has cost. */
export interface StepUsage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  /** Null where a price is not known. */
  readonly cost_usd: number | null;
}

export interface StepState {
  readonly status: Status;
  readonly message: string;
  readonly started_at: string | null;
  readonly completed_at: string | null;
  readonly usage: StepUsage | null;
  /** Key of the object that holds what came of it. */
  readonly output?: string;
  /** Problem document; JSON. */
  readonly error?: string;
  /** Counts how often it was asked for anew. A part of what its output is kept under. */
  readonly round: number;
}

/** One interview that is analysed, as its bytes were kept. */
export interface Source {
  readonly name: string;
  readonly research_data: string;
  readonly key: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A request for an analysis, as it is stored. */
export interface AnalysisRequest {
  /** Workspace and request. */
  readonly request: string;
  readonly request_id: string;
  readonly workspace_id: string;
  readonly user_id: string;
  readonly title: string;
  readonly method: Method;
  readonly research_data: string;
  readonly sources: readonly Source[];
  readonly steps: Readonly<Record<Step, StepState>>;
  readonly overall_status: Status;
  /** Workspace and status: the list of that status. */
  readonly workspace_status: string;
  /** Time and id: its place in the lists. */
  readonly created: string;
  readonly created_at: string;
  readonly updated_at: string;
  /** Who asked, as the authenticator remembers it. */
  readonly caller: string;
  /** Number of its latest event: every change has one, and is made only if no other was made since. */
  readonly revision: number;
  /** Times that it was begun or begun again. */
  readonly round: number;
  /** Of the one attempt that may change it: one that was replaced changes nothing any more. */
  readonly attempt?: string;
  readonly job_id?: string;
  /** Key of the object with everything that was found. */
  readonly result?: string;
  /** Problem document; JSON. */
  readonly error?: string;
  /** `open`: somebody has to see to it that a job works on it. `kept`: that it is removed when its time is over. */
  readonly watched: 'open' | 'kept';
  /** When that is due next, in milliseconds since 1970. */
  readonly due_at: number;
  /** Step and start of what was found to take too long, so that it is said once. */
  readonly stuck?: string;
  /** Seconds since 1970; somewhat later than it is removed with all its objects. */
  readonly expires: number;
}

/** Read by id, by workspace and time, by workspace, status and time, and by what is due. */
export const analysisTable = itemTable<AnalysisRequest>({
  name: 'analysis_tracking',
  partitionKey: 'request',
  indexes: {
    by_workspace: { partitionKey: 'workspace_id', sortKey: 'created' },
    by_status: { partitionKey: 'workspace_status', sortKey: 'created' },
    by_due: { partitionKey: 'watched', sortKey: 'due_at' },
  },
  numericKeys: ['due_at'],
  expiresAt: 'expires',
  accesses: [
    { does: 'transact put', for: 'a new analysis, with its first event' },
    { does: 'get', for: 'its state, and the job that works on it' },
    {
      does: 'transact update',
      for: 'every step that begins, gets on or ends, with its event; only if nothing else has changed it',
    },
    { does: 'update', for: 'looking after it again later, and noting that it is stuck' },
    { does: 'query', index: 'by_workspace', order: 'descending', for: 'the list of analyses, latest first' },
    { does: 'query', index: 'by_status', order: 'descending', for: 'the same, of one status' },
    { does: 'query', index: 'by_due', sort: ['atMost'], for: 'what nobody works on, what is stuck, what is too old' },
    { does: 'query', index: 'by_workspace', for: 'removal of a workspace' },
    { does: 'transact delete', for: 'deleting an analysis, and removal of a workspace' },
  ],
});

export interface AnalysisEventItem {
  /** Workspace and request. */
  readonly request: string;
  readonly seq: number;
  readonly type: string;
  /** The whole event; JSON. */
  readonly text: string;
  /** Seconds since 1970. */
  readonly expires: number;
}

/** Read in order, from any point on. */
export const analysisEventTable = itemTable<AnalysisEventItem>({
  name: 'analysis_tracking_events',
  partitionKey: 'request',
  sortKey: 'seq',
  numericKeys: ['seq'],
  expiresAt: 'expires',
  accesses: [
    { does: 'transact put', for: 'what has happened in an analysis, together with its new state' },
    { does: 'query', sort: ['greaterThan'], for: 'following an analysis from any point on' },
    { does: 'query', for: 'deleting an analysis, and removal of a workspace' },
    { does: 'writeMany delete', for: 'deleting an analysis, and removal of a workspace' },
  ],
});

/** How many analyses a workspace has of each status: a list does not tell its length. */
export interface AnalysisCounts extends Partial<Record<Status, number>> {
  readonly workspace_id: string;
}

/** Read by workspace. */
export const analysisCountsTable = itemTable<AnalysisCounts>({
  name: 'analysis_tracking_counts',
  partitionKey: 'workspace_id',
  accesses: [
    { does: 'transact update', for: 'an analysis that is new, changes its status or is deleted' },
    { does: 'get', for: 'the total of a list' },
    { does: 'delete', for: 'removal of a workspace' },
  ],
});

export function analysisKey(workspaceId: string, requestId: string): string {
  return `${workspaceId}#${requestId}`;
}

export function workspaceStatus(workspaceId: string, status: Status): string {
  return `${workspaceId}#${status}`;
}

export function hasEnded({ overall_status }: Pick<AnalysisRequest, 'overall_status'>): boolean {
  return overall_status === 'completed' || overall_status === 'failed';
}

/** The folder of everything that is kept of an analysis, with a slash at its end. */
export function folderOf({ workspace_id, request_id }: Pick<AnalysisRequest, 'workspace_id' | 'request_id'>): string {
  return `workspaces/${workspace_id}/analysis/${request_id}/`;
}
