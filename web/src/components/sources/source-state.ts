import type { Tone } from '@/components/ui/badge';
import { formatCount } from '@/lib/format';
import type { Source, Sync } from '@/components/sources/kinds';

export interface SourceState {
  readonly label: string;
  readonly tone: Tone;
}

export function isUnderWay(sync: Pick<Sync, 'state'> | null | undefined): boolean {
  return sync?.state === 'queued' || sync?.state === 'running';
}

/** How a source is, in a word. */
export function stateOf(source: Pick<Source, 'paused' | 'last_sync' | 'last_synced_at'>): SourceState {
  const { paused, last_sync: sync, last_synced_at: syncedAt } = source;
  if (isUnderWay(sync)) return underWay(sync!);
  if (paused) return { label: 'Paused', tone: 'neutral' };
  if (sync?.state === 'failed') return { label: 'Failed', tone: 'danger' };
  if (sync?.state === 'cancelled') return { label: 'Stopped', tone: 'warning' };
  return syncedAt === null ? { label: 'Not read yet', tone: 'neutral' } : { label: 'Up to date', tone: 'success' };
}

function underWay({ state, error, waiting }: Sync): SourceState {
  if (error) return { label: 'Trying again', tone: 'warning' };
  if (waiting) return { label: 'Waiting', tone: 'warning' };
  return state === 'queued' ? { label: 'Waits for its turn', tone: 'neutral' } : { label: 'Reading', tone: 'accent' };
}

/** What a sync has done, in words: "12 new, 3 changed". */
export function countsInWords({ state, counts }: Pick<Sync, 'state' | 'counts'>): string {
  const { created, changed, removed, unchanged } = counts;
  const parts = [
    created > 0 && formatCount(created, 'new', 'new'),
    changed > 0 && formatCount(changed, 'changed', 'changed'),
    removed > 0 && formatCount(removed, 'removed', 'removed'),
  ].filter(Boolean);
  if (parts.length > 0) return parts.join(', ');
  if (unchanged > 0) return 'nothing new';
  return state === 'succeeded' ? 'nothing to read' : 'nothing so far';
}

const modes: Readonly<Record<Sync['mode'], string>> = {
  full: 'Everything',
  incremental: 'What has changed',
  events: 'What webhooks told of',
};

const triggers: Readonly<Record<Sync['trigger'], string>> = {
  manual: 'asked for',
  schedule: 'by schedule',
  webhook: 'by webhook',
  change: 'newly set up',
};

export function syncInWords({ mode, trigger }: Pick<Sync, 'mode' | 'trigger'>): string {
  return `${modes[mode]}, ${triggers[trigger]}`;
}

/** What those who watch a sync are told of it besides what is stored. */
export interface LiveSync {
  readonly phase?: 'events' | 'reading' | 'sweeping';
  readonly mode?: string;
  readonly pages?: number;
  readonly documents?: number;
  readonly progress?: string;
  readonly waiting?: { readonly reason: string; readonly until: string };
  /** A try did not work, why not, and when the next one begins. */
  readonly retry?: {
    readonly attempt: number;
    readonly most: number;
    readonly until: string;
    readonly reason?: string;
  };
}

/** What is known after an event of the sync's job. */
export function afterEvent(live: LiveSync, event: string, data: unknown): LiveSync {
  if (!isRecord(data)) return live;
  if (event === 'progress') return { ...(data as LiveSync) };
  if (event !== 'retrying' || typeof data.run_at !== 'string') return { ...live, waiting: undefined, retry: undefined };
  const { attempt, max_attempts: most, run_at: until, error } = data;
  const reason = isRecord(error) && typeof error.detail === 'string' ? error.detail : live.waiting?.reason;
  const retry = { attempt: Number(attempt), most: Number(most), until, reason };
  return { ...live, waiting: undefined, retry };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** What goes on, in a few words. */
export function phaseInWords({ phase, mode, retry }: LiveSync, isAgain = retry !== undefined): string {
  if (isAgain) return 'Waiting for the next try';
  if (phase === 'events') return 'Following webhooks';
  if (phase === 'sweeping') return 'Removing what is gone';
  if (phase === undefined) return 'Beginning';
  return mode === 'incremental' ? 'Reading what has changed' : 'Reading everything';
}
