import { problem } from '../../platform/errors/problem.js';
import { type Measure, shownAmount, units } from './domain/measures.js';

/** What was asked for and what there is. Amounts as they are counted. */
export interface QuotaState {
  readonly measure: Measure;
  readonly used: number;
  readonly maximum: number;
  /** How much more the refused call would have used. */
  readonly needed: number;
  readonly resetsAt: string | null;
}

const doneWith: Readonly<Record<Measure, string>> = {
  bytes_stored: 'stores',
  bytes_scanned: 'has read this month',
  concurrent_queries: 'is running',
  chat_usd: 'has spent on chats this month',
};

export class StorageQuotaExceeded extends problem({
  slug: 'storage-quota-exceeded',
  title: 'The workspace has no room for this',
  status: 413,
  help: 'Nothing was stored. Delete uploads or data sets that nobody needs, or ask an owner or admin of the workspace for a higher quota (PUT /api/v1/workspaces/{workspace_id}/quotas). GET /api/v1/workspaces/{workspace_id}/usage shows what is used.',
}) {
  constructor(state: QuotaState) {
    super(describe(state), { members: membersOf(state) });
  }
}

/** A 403, since trying again does not help before the period is over or somebody changes the quota. */
export class QuotaExceeded extends problem({
  slug: 'quota-exceeded',
  title: 'The workspace has used up its quota',
  status: 403,
  help: 'Nothing was run. Ask for less, wait for the time in resets_at, or ask an owner or admin of the workspace for a higher quota (PUT /api/v1/workspaces/{workspace_id}/quotas). GET /api/v1/workspaces/{workspace_id}/usage shows what is used.',
}) {
  constructor(state: QuotaState) {
    super(describe(state), { members: membersOf(state) });
  }
}

export class QuotaAboveMaximum extends problem({
  slug: 'quota-above-maximum',
  title: 'The quota is higher than the service allows',
  status: 400,
  help: 'Set a quota up to the maximum that is named, or null for as much as the service allows. Administrators of the service may set more.',
}) {
  constructor(refused: readonly { measure: Measure; maximum: number }[]) {
    const parts = refused.map(({ measure, maximum }) => ({ pointer: `/${measure}`, amount: amount(measure, maximum) }));
    super(`Only administrators of the service may set more than ${parts.map((part) => part.amount).join(', ')}.`, {
      errors: parts.map((part) => ({ pointer: part.pointer, detail: `must not be more than ${part.amount}` })),
    });
  }
}

function describe({ measure, used, maximum, needed }: QuotaState): string {
  const has = `The workspace ${doneWith[measure]} ${amount(measure, used)} of at most ${amount(measure, maximum)}`;
  return `${has}; this would be ${amount(measure, needed)} more.`;
}

function membersOf({ measure, used, maximum, needed, resetsAt }: QuotaState) {
  const shown = (each: number) => shownAmount(measure, each);
  return { measure, used: shown(used), maximum: shown(maximum), needed: shown(needed), resets_at: resetsAt };
}

function amount(measure: Measure, counted: number): string {
  const shown = shownAmount(measure, counted).toLocaleString('en', { maximumFractionDigits: 6 });
  return units[measure] === 'usd' ? `$${shown}` : `${shown} ${units[measure]}`;
}
