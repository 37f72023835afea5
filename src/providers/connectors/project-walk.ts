import type { ConnectorCursor, SyncRequest } from './connector.js';
import type { WalkPosition } from './updated-walk.js';

/** Positions by the ids of projects and the names of their parts. */
type Positions = Readonly<Record<string, Readonly<Record<string, WalkPosition>>>>;

/** The part of a project that is being read. */
interface Place<Part extends string> {
  readonly project: number;
  readonly part: Part;
}

/** How a walk over projects is kept between pages, and from one sync to the next. */
interface Walk<Part extends string> {
  readonly since: Positions;
  readonly next: Positions;
  readonly at?: Place<Part>;
}

export interface WalkState {
  /** Where the sync before ended: what lies behind is new. */
  readonly since: Positions;
  /** Where this one is. */
  readonly next: Record<string, Record<string, WalkPosition>>;
}

/** Where a sync begins or goes on; a full one knows nothing of those before. */
export function beginWalk<Part extends string>(
  mode: SyncRequest['mode'],
  cursor: SyncRequest['cursor'],
): { readonly state: WalkState; readonly at: Place<Part> | undefined } {
  const { since, next, at } = (cursor ?? { since: {}, next: {} }) as unknown as Walk<Part>;
  return { state: { since: mode === 'full' ? {} : since, next: structuredClone(next) }, at };
}

export function cursorOf<Part extends string>({ since, next }: WalkState, at: Place<Part>): ConnectorCursor {
  return asCursor({ since, next, at });
}

/** Everything is read: the next sync goes on from here. */
export function endOfWalk({ next }: WalkState): ConnectorCursor {
  return asCursor({ since: next, next: {} });
}

/** A copy, since the walk goes on. */
function asCursor<Part extends string>(walk: Walk<Part>): ConnectorCursor {
  return structuredClone(walk) as unknown as ConnectorCursor;
}
