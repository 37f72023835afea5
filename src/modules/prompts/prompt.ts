import { itemTable } from '../../providers/item-store/item-tables.js';

export const promptStatuses = ['PENDING', 'PROCESSING', 'PROCESSED', 'FAILED'] as const;
export type PromptStatus = (typeof promptStatuses)[number];

/** A prompt request as it is stored. */
export interface PromptItem {
  /** Workspace and request. */
  readonly request: string;
  readonly request_id: string;
  readonly workspace_id: string;
  readonly user_id: string;
  readonly human_prompt: string;
  readonly chatbot_id?: string;
  readonly status: PromptStatus;
  /** Workspace and user: whose list it is in; with the status also in that one. */
  readonly owner: string;
  readonly owner_status: string;
  /** Time and id: its place in both. */
  readonly created: string;
  readonly created_at: string;
  readonly updated_at: string;
  /** Who asked, as the authenticator remembers it. */
  readonly caller: string;
  /** Of the one attempt whose outcome counts: an attempt that was replaced changes nothing any more. */
  readonly attempt?: string;
  /** Present until it has ended: somebody has to see to it that a job works on it. */
  readonly open?: 'open';
  /** When that is due next, in milliseconds since 1970. */
  readonly due_at?: number;
  readonly answer?: string;
  readonly sql?: string;
  /** The query whose result the answer is about. */
  readonly query_id?: string;
  /** Problem document; JSON. */
  readonly error?: string;
}

/** Read by id, by user and time, by user, status and time, by what is due, and by workspace (its purge). */
export const promptTable = itemTable<PromptItem>({
  name: 'prompt_requests',
  partitionKey: 'request',
  indexes: {
    by_owner: { partitionKey: 'owner', sortKey: 'created' },
    by_status: { partitionKey: 'owner_status', sortKey: 'created' },
    by_due: { partitionKey: 'open', sortKey: 'due_at' },
    by_workspace: { partitionKey: 'workspace_id', sortKey: 'request_id' },
  },
  numericKeys: ['due_at'],
  accesses: [
    { does: 'put', for: 'a new request' },
    { does: 'get', for: 'its state, and the job that works on it' },
    { does: 'update', for: 'claiming, postponing and ending it' },
    { does: 'query', index: 'by_owner', order: 'descending', for: 'the list of requests, latest first' },
    { does: 'query', index: 'by_status', order: 'descending', for: 'the same, of one status' },
    { does: 'query', index: 'by_due', sort: ['atMost'], for: 'the sweep for requests that nobody works on' },
    { does: 'query', index: 'by_workspace', for: 'removal of a workspace' },
    { does: 'writeMany delete', for: 'removal of a workspace' },
  ],
});

export function promptKey(workspaceId: string, requestId: string): string {
  return `${workspaceId}#${requestId}`;
}

export function hasEnded({ status }: Pick<PromptItem, 'status'>): boolean {
  return status === 'PROCESSED' || status === 'FAILED';
}
