import type { ConnectorCursor } from '../../../providers/connectors/connector.js';
import type { SyncMode } from '../../sources/sources.repository.js';

/** A sync that has begun, across all runs that it takes. */
export interface SyncUnderway {
  readonly mode: SyncMode;
  /** Reading pages; or removing what a full sync did not meet. */
  readonly stage: 'reading' | 'sweeping';
  /** Of the last page that was kept. */
  readonly cursor?: ConnectorCursor;
  readonly started_at: string;
}

/** What a run has done so far. */
export interface SyncCounts {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
  readonly pages: number;
  /** Webhooks that were followed. */
  readonly events: number;
}

export const noCounts: SyncCounts = { created: 0, changed: 0, unchanged: 0, removed: 0, pages: 0, events: 0 };

export function plus(counts: SyncCounts, more: Partial<SyncCounts>): SyncCounts {
  const names = Object.keys(noCounts) as (keyof SyncCounts)[];
  return Object.fromEntries(names.map((name) => [name, counts[name] + (more[name] ?? 0)])) as unknown as SyncCounts;
}

/** How far a run has come: in words, and as its connector knows it. */
export interface Reached {
  readonly progress: string;
  readonly cursor: ConnectorCursor;
}

/** The platform has asked to wait. */
export interface SyncWait {
  readonly reason: string;
  readonly until: string;
}

/** What those who watch a sync see of it. */
export interface SyncProgress {
  readonly phase: 'events' | 'reading' | 'sweeping';
  readonly mode?: SyncMode;
  readonly pages: number;
  readonly documents: number;
  readonly progress?: string;
  /** Why nothing happens just now, and until when. */
  readonly waiting?: SyncWait;
}
