import { createHash } from 'node:crypto';
import type { CheckedStatement, TableSchema } from '../query-engine.js';

const REMEMBERED = 500;
/** Longer statements are rarely run twice, and would take much memory. */
const MAX_CHARACTERS = 10_000;

/**
 * Statements that have passed the check, against exactly which tables. The same text over the same tables is judged
 * once for its estimate, its run and every further run. What was refused is judged again.
 */
export class CheckedStatements {
  private readonly known = new Map<string, CheckedStatement>();

  constructor(private readonly check: (sql: string, tables: readonly TableSchema[]) => Promise<CheckedStatement>) {}

  async of(sql: string, tables: readonly TableSchema[]): Promise<CheckedStatement> {
    if (sql.length > MAX_CHARACTERS) return this.check(sql, tables);
    const key = createHash('sha256')
      .update(JSON.stringify([sql, tables]))
      .digest('base64');
    const statement = this.known.get(key) ?? (await this.check(sql, tables));
    this.remember(key, statement);
    return statement;
  }

  /** As the one used last; the one whose use is longest ago is forgotten. */
  private remember(key: string, statement: CheckedStatement): void {
    this.known.delete(key);
    this.known.set(key, statement);
    const [oldest] = this.known.keys();
    if (this.known.size > REMEMBERED && oldest !== undefined) this.known.delete(oldest);
  }
}
