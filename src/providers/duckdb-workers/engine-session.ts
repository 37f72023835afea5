import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { TaskLimits } from './task.js';

export interface Lockdown {
  /** Absolute paths of the only files that the session may open from now on. */
  readonly files: readonly string[];
  /** Where the engine may spill what does not fit in memory. */
  readonly scratchDirectory: string;
  /** SQL to run just before the doors close, such as views over the files. */
  readonly before?: readonly string[];
}

const SPILL_LIMIT = '2GB';

/** Nothing is ever loaded over the network. */
const CONFIGURATION = {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
  allow_persistent_secrets: 'false',
  max_temp_directory_size: SPILL_LIMIT,
};

/** Settings that the engine takes only when it runs. Progress is counted, but not printed. */
const SETTINGS = [
  "SET TimeZone = 'UTC'",
  'SET enable_progress_bar = true',
  'SET enable_progress_bar_print = false',
  'SET progress_bar_time = 0',
];

/** An engine of its own for one task: no catalog, name, setting or leftover is shared with any other. */
export class EngineSession {
  private constructor(
    private readonly instance: DuckDBInstance,
    readonly connection: DuckDBConnection,
  ) {}

  static async open({ memoryMegabytes, threads }: TaskLimits, prelude: readonly string[]): Promise<EngineSession> {
    const options = { ...CONFIGURATION, threads: String(threads), memory_limit: `${memoryMegabytes}MB` };
    const instance = await DuckDBInstance.create(':memory:', options);
    const connection = await instance.connect();
    await connection.run([...SETTINGS, ...prelude].join(';\n'));
    return new EngineSession(instance, connection);
  }

  /**
   * Leaves the session nothing but the given files, for ever: no other path, no network, no extension, no setting can
   * be reached by any SQL that runs after this.
   */
  async lockDown({ files, scratchDirectory, before = [] }: Lockdown): Promise<void> {
    const statements = [
      `SET temp_directory = ${sqlText(scratchDirectory)}`,
      ...before,
      `SET allowed_paths = [${files.map(sqlText).join(', ')}]`,
      'SET enable_external_access = false',
      'SET lock_configuration = true',
    ];
    await this.connection.run(statements.join(';\n'));
  }

  /** Lets `signal` interrupt whatever the connection is doing. */
  interruptOn(signal: AbortSignal): void {
    signal.addEventListener('abort', () => this.connection.interrupt(), { once: true });
    signal.throwIfAborted();
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }
}

export function sqlText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
