import type { DuckDbWorkers } from '../../duckdb-workers/duckdb-workers.js';

type ColumnBytes = Readonly<Record<string, number>>;

/** Stored files never change, so what was read once holds. */
const REMEMBERED_FILES = 10_000;
const DEADLINE_MS = 30_000;

/** Stored bytes of columns, from the footers of Parquet files. */
export class ColumnSizes {
  private readonly known = new Map<string, ColumnBytes>();

  constructor(private readonly workers: DuckDbWorkers) {}

  /** Sizes by column for each file. */
  async of(files: readonly string[]): Promise<ColumnBytes[]> {
    const unknown = files.filter((file) => !this.known.has(file));
    const found: Readonly<Record<string, ColumnBytes>> =
      unknown.length > 0
        ? await this.workers.results.run('estimate', { files: unknown }, { deadlineMs: DEADLINE_MS })
        : {};
    const sizes = files.map((file) => found[file] ?? this.known.get(file) ?? {});
    for (const [file, columns] of Object.entries(found)) this.remember(file, columns);
    return sizes;
  }

  private remember(file: string, columns: ColumnBytes): void {
    this.known.set(file, columns);
    const [oldest] = this.known.keys();
    if (this.known.size > REMEMBERED_FILES && oldest !== undefined) this.known.delete(oldest);
  }
}
