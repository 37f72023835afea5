import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { SETTINGS } from '../query-engine/dialect/macros.js';
import { type EngineSession, sqlName, sqlText } from './engine-session.js';
import { SessionStock } from './session-stock.js';
import type { TaskContext, TaskLimits } from './task.js';

/** All that a statement may see. */
export interface QueryScope {
  readonly workspaceId: string;
  readonly tables: readonly { readonly table: string; readonly files: readonly string[] }[];
}

/** An engine locked to one scope. */
export interface QuerySession {
  readonly connection: DuckDBConnection;
  /** The only two files that it may write; who uses the session moves or removes them. */
  readonly resultFile: string;
  readonly uncutFile: string;
}

interface OpenSession extends QuerySession {
  readonly engine: EngineSession;
  readonly scope: string;
  /** Threads that it was given; undefined where its files are too small for more than one. */
  readonly threads: number | undefined;
  readonly folder: string;
}

/** Results of one session share a path, and nothing of a table stays in memory when its statement has ended. */
const NO_FILE_CACHE = 'SET enable_external_file_cache = false';
/** Below this, more threads cost more than they bring. */
const PARALLEL_FROM_BYTES = 16 * 1024 * 1024;

/**
 * Engines for statements of users. The last one is kept, and serves the next statement if that is of the same workspace
 * and over the same files, which never change: it can see nothing else, and a statement that the gate has passed is one
 * SELECT, which leaves nothing behind. After anything but success, or for any other scope, the engine is a fresh one.
 */
export class QuerySessions {
  private readonly stock = new SessionStock([...SETTINGS, NO_FILE_CACHE]);
  private kept: OpenSession | undefined;
  private opened = 0;

  readonly prepare = (limits: TaskLimits): Promise<void> => this.stock.prepare(singleThreaded(limits));

  async use<Result>(
    scope: QueryScope,
    context: TaskContext,
    work: (session: QuerySession) => Promise<Result>,
  ): Promise<Result> {
    const session = this.takeKept(JSON.stringify(scope), context.limits) ?? (await this.open(scope, context));
    try {
      session.engine.interruptOn(context.signal);
      const result = await work(session);
      this.kept = session;
      return result;
    } finally {
      // Closing takes a millisecond or two and nobody has to wait for it.
      if (this.kept !== session) setImmediate(() => void close(session));
    }
  }

  /** Two engines are never open with data at once: together they could need more memory than the process may have. */
  private takeKept(scope: string, { threads }: TaskLimits): OpenSession | undefined {
    const { kept } = this;
    this.kept = undefined;
    if (kept === undefined || (kept.scope === scope && (kept.threads ?? threads) === threads)) return kept;
    void close(kept);
    return undefined;
  }

  private async open(scope: QueryScope, { limits, workerDirectory }: TaskContext): Promise<OpenSession> {
    const files = scope.tables.flatMap((table) => table.files);
    const threads = (await areLarge(files)) ? limits.threads : undefined;
    const engine = await this.stock.take(singleThreaded(limits));
    const folder = join(workerDirectory, `session-${++this.opened}`);
    const resultFile = join(folder, 'result.parquet');
    const uncutFile = join(folder, 'uncut.parquet');
    const session = {
      engine,
      connection: engine.connection,
      scope: JSON.stringify(scope),
      threads,
      folder,
      resultFile,
      uncutFile,
    };
    try {
      await mkdir(folder);
      await engine.lockDown({
        files: [...files, resultFile, uncutFile],
        scratchDirectory: join(folder, 'spill'),
        before: [...(threads === undefined ? [] : [`SET threads = ${threads}`]), ...scope.tables.map(viewSql)],
      });
      return session;
    } catch (error) {
      await close(session);
      throw error;
    }
  }
}

async function close({ engine, folder }: OpenSession): Promise<void> {
  engine.close();
  await rm(folder, { recursive: true, force: true });
}

function singleThreaded(limits: TaskLimits): TaskLimits {
  return { ...limits, threads: 1 };
}

async function areLarge(files: readonly string[]): Promise<boolean> {
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0) >= PARALLEL_FROM_BYTES;
}

function viewSql({ table, files }: QueryScope['tables'][number]): string {
  const byName = files.length > 1 ? ', union_by_name = true' : '';
  return `CREATE VIEW ${sqlName(table)} AS FROM read_parquet([${files.map(sqlText).join(', ')}]${byName})`;
}
