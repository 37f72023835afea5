import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { Mutex } from '../../../platform/mutex.js';
import type { Database } from '../../database/database.js';
import type { PassageScope } from '../passage-index.js';
import type { PassageTables } from '../passage-rows.js';
import type { ScanHit } from './scan.js';
import { Scanner } from './scanner.js';
import { type ArenaRow, VectorArena } from './vector-arena.js';

const rowsPerRead = 500;
const idsPerRead = 5000;

/** The last change and passage that were read. */
interface Place {
  change: number;
  passage: number;
}

interface Changes {
  readonly changes: number;
  readonly removals: number;
}

/**
 * Searches by looking at every vector of the workspace: the right ones are found, however the filters cut. Vectors are
 * kept in memory per workspace, as far as the memory allows; of a workspace that is larger than that they are read anew
 * each time.
 */
export class ExactVectors {
  /** The least recently used first. */
  private readonly arenas = new Map<string, VectorArena>();
  private readonly turns = new Map<string, Mutex>();
  /** By how many removals there had been when they were found to be. */
  private readonly tooLarge = new Map<string, number>();
  private readonly scanner = new Scanner();

  constructor(
    private readonly database: Database,
    private readonly maxBytes: number,
  ) {}

  async nearest(scope: PassageScope, space: string, query: Float32Array): Promise<ScanHit[]> {
    const key = JSON.stringify([scope.workspaceId, space]);
    const turn = this.turns.get(key) ?? new Mutex();
    this.turns.set(key, turn);
    await turn.acquire();
    let arena: VectorArena | undefined;
    try {
      arena = await this.fresh(key, scope.workspaceId, space);
    } finally {
      turn.release();
    }
    return arena ? this.scan(arena, scope, query) : this.scanStored(scope, space, query);
  }

  async close(): Promise<void> {
    this.arenas.clear();
    await this.scanner.close();
  }

  private async scan(arena: VectorArena, scope: PassageScope, query: Float32Array): Promise<ScanHit[]> {
    if (arena.dimensions !== query.length || scope.limit < 1) return [];
    const author = scope.authorKey === undefined ? undefined : arena.authorNumber(scope.authorKey);
    if (author === undefined && scope.authorKey !== undefined) return [];
    const kind = scope.kind === undefined ? undefined : arena.kindNumber(scope.kind);
    if (kind === undefined && scope.kind !== undefined) return [];
    return this.scanner.scan({
      segments: [...arena.segments],
      query,
      sources: arena.sourceMask(scope.sourceIds),
      author,
      kind,
      from: scope.from === undefined ? -Infinity : Date.parse(scope.from),
      to: scope.to === undefined ? Infinity : Date.parse(scope.to),
      limit: scope.limit,
    });
  }

  /** The workspace's vectors as they are now; undefined when they are too many to be kept. */
  private async fresh(key: string, workspaceId: string, space: string): Promise<VectorArena | undefined> {
    const now = await this.changes(workspaceId);
    if (this.tooLarge.get(key) === now.removals) return undefined;
    this.tooLarge.delete(key);
    let arena = this.arenas.get(key) ?? new VectorArena();
    this.arenas.delete(key);
    if (arena.removals !== now.removals && arena.rows > 0) {
      arena.keepOnly(await this.passages(workspaceId, space));
      // Most of it is gone: what is left is read again into less memory.
      if (arena.dead * 2 > arena.rows) arena = new VectorArena();
    }
    arena.removals = now.removals;
    if (arena.change < now.changes) {
      for await (const rows of this.rowsAfter(arena, workspaceId, space)) {
        for (const row of rows) arena.add(row);
        if (arena.bytes > this.maxBytes) {
          this.tooLarge.set(key, now.removals);
          return undefined;
        }
      }
      Object.assign(arena, { change: now.changes, passage: Number.MAX_SAFE_INTEGER });
    }
    this.arenas.set(key, arena);
    this.evict();
    return arena;
  }

  private evict(): void {
    let bytes = 0;
    for (const [key, arena] of [...this.arenas].toReversed()) {
      bytes += arena.bytes;
      if (bytes > this.maxBytes) this.arenas.delete(key);
    }
  }

  private async changes(workspaceId: string): Promise<Changes> {
    const row = await this.database
      .tables<PassageTables>()
      .selectFrom('passage_changes')
      .select(['changes', 'removals'])
      .where('workspace_id', '=', workspaceId)
      .executeTakeFirst();
    return row ?? { changes: 0, removals: 0 };
  }

  /** What was added behind the place, and moves that. */
  private async *rowsAfter(place: Place, workspaceId: string, space: string): AsyncGenerator<ArenaRow[]> {
    for (;;) {
      const rows = await this.behind(place, workspaceId, space)
        .innerJoin('passages', 'passages.passage_id', 'vectors.passage_id')
        .select(['vectors.passage_id', 'vectors.change', 'vectors.vector'])
        .select(['passages.source_id', 'passages.author_key', 'passages.written_at', 'passages.kind'])
        .limit(rowsPerRead)
        .execute();
      const goesOn = advance(place, rows, rowsPerRead);
      yield rows.flatMap(({ vector, ...row }) => (vector ? [{ ...row, vector }] : []));
      if (!goesOn) return;
      await yieldToOthers();
    }
  }

  private async passages(workspaceId: string, space: string): Promise<Set<number>> {
    const found = new Set<number>();
    for (const place = { change: 0, passage: 0 }; ;) {
      const rows = await this.behind(place, workspaceId, space)
        .select(['vectors.passage_id', 'vectors.change'])
        .limit(idsPerRead)
        .execute();
      for (const { passage_id } of rows) found.add(passage_id);
      if (!advance(place, rows, idsPerRead)) return found;
      await yieldToOthers();
    }
  }

  /** The covering index gives them in this order. */
  private behind({ change, passage }: Place, workspaceId: string, space: string) {
    return this.database
      .tables<PassageTables>()
      .selectFrom('passage_vectors as vectors')
      .where('vectors.workspace_id', '=', workspaceId)
      .where('vectors.space', '=', space)
      .where(({ eb, refTuple, tuple }) =>
        eb(refTuple('vectors.change', 'vectors.passage_id'), '>', tuple(change, passage)),
      )
      .orderBy('vectors.change')
      .orderBy('vectors.passage_id');
  }

  private async scanStored(scope: PassageScope, space: string, query: Float32Array): Promise<ScanHit[]> {
    let best: ScanHit[] = [];
    for await (const rows of this.rowsAfter({ change: 0, passage: 0 }, scope.workspaceId, space)) {
      const some = new VectorArena();
      for (const row of rows) some.add(row);
      const hits = [...best, ...(await this.scan(some, scope, query))];
      best = hits.sort((one, other) => other.score - one.score).slice(0, scope.limit);
    }
    return best;
  }
}

/** Moves the place behind the rows; whether there may be more. */
function advance(place: Place, rows: readonly { change: number; passage_id: number }[], most: number): boolean {
  const last = rows.at(-1);
  if (last) Object.assign(place, { change: last.change, passage: last.passage_id });
  return rows.length === most;
}
