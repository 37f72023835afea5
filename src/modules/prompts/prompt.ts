import type { ItemTable } from '../../providers/item-store/item-store.js';

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
export const promptTable: ItemTable<PromptItem> = {
  name: 'prompt_requests',
  partitionKey: 'request',
  indexes: {
    by_owner: { partitionKey: 'owner', sortKey: 'created' },
    by_status: { partitionKey: 'owner_status', sortKey: 'created' },
    by_due: { partitionKey: 'open', sortKey: 'due_at' },
    by_workspace: { partitionKey: 'workspace_id', sortKey: 'request_id' },
  },
};

export function promptKey(workspaceId: string, requestId: string): string {
  return `${workspaceId}#${requestId}`;
}

export function hasEnded({ status }: Pick<PromptItem, 'status'>): boolean {
  return status === 'PROCESSED' || status === 'FAILED';
}
