import type { DuckDbWorkers } from '../../duckdb-workers/duckdb-workers.js';
import type { LocalCopies } from '../../local-copies/local-copies.js';

type ColumnBytes = Readonly<Record<string, number>>;

/** Stored files never change, so what was read once holds. */
const REMEMBERED_FILES = 10_000;
const DEADLINE_MS = 30_000;

/** Stored bytes of columns, from the footers of Parquet files. */
export class ColumnSizes {
  private readonly known = new Map<string, ColumnBytes>();

  constructor(
    private readonly workers: DuckDbWorkers,
    private readonly copies: LocalCopies,
  ) {}

  /** Sizes by column for each object. */
  async of(keys: readonly string[]): Promise<ColumnBytes[]> {
    const found = await this.read(keys.filter((key) => !this.known.has(key)));
    const sizes = keys.map((key) => found.get(key) ?? this.known.get(key) ?? {});
    for (const [key, columns] of found) this.remember(key, columns);
    return sizes;
  }

  private async read(keys: readonly string[]): Promise<Map<string, ColumnBytes>> {
    if (keys.length === 0) return new Map();
    const { paths, release } = await this.copies.takeFooters(keys);
    try {
      const found = await this.workers.results.run('estimate', { files: paths }, { deadlineMs: DEADLINE_MS });
      return new Map(keys.map((key, index) => [key, found[paths[index]!] ?? {}]));
    } finally {
      release();
    }
  }

  private remember(key: string, columns: ColumnBytes): void {
    this.known.set(key, columns);
    const [oldest] = this.known.keys();
    if (this.known.size > REMEMBERED_FILES && oldest !== undefined) this.known.delete(oldest);
  }
}
