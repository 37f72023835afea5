import type { DuckDBConnection } from '@duckdb/node-api';

const EVERY_MS = 250;

/** Reports how far the connection's statement is until the returned function is called. The engine's totals are estimates. */
export function watchProgress(connection: DuckDBConnection, report: (fraction: number) => void): () => void {
  const timer = setInterval(() => {
    const { percentage } = connection.progress;
    if (percentage >= 0) report(Math.min(1, percentage / 100));
  }, EVERY_MS);
  return () => clearInterval(timer);
}
